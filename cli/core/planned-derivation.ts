import {
  type ContainerDocument,
  DESCRIPTION_ONLY,
  type TaskDefinitionDocument,
  without,
} from './definition-document.ts'
import { completeRegistration } from './derive-registration.ts'
import type { Derivation } from './derive-task-definition.ts'
import type { Difference } from './difference.ts'
import { differences } from './differences.ts'
import type { TaskDefinition } from './task-definition.ts'

/** How the task definition of a session comes from the one that the user named. */
export interface PlannedDerivation {
  /** ARN of the task definition that it derives from. */
  readonly source: string
  readonly family: string
  /** The ARN of the revision that is all that is wanted; absent: it is to be registered. */
  readonly registered?: string
  /** What RegisterTaskDefinition takes, tags included. */
  readonly registration: TaskDefinitionDocument
  readonly differences: readonly Difference[]
  /** Sentences for the user about what may surprise. */
  readonly notes: readonly string[]
}

export interface DerivationFacts {
  readonly source: TaskDefinition
  readonly derived: Derivation
  readonly hash: string
  readonly tags: boolean
  readonly version: string
}

export function planDerivation({ source, derived, ...facts }: DerivationFacts): PlannedDerivation {
  const { registration, notes } = derived
  return {
    source: source.arn,
    family: registration.family ?? '',
    registration: completeRegistration(registration, { ...facts, source: source.arn }),
    differences: differences(source.document, registration),
    notes,
  }
}

/** What the task will run, as far as a plan rests on it. */
export function derivedDefinition(
  source: TaskDefinition,
  { registration, registered, family }: PlannedDerivation,
): TaskDefinition {
  const containers = (registration.containerDefinitions ?? []).map(
    ({ name = '', image = '', dockerLabels }: ContainerDocument) => ({
      name,
      image: String(image),
      labels: (dockerLabels ?? {}) as Readonly<Record<string, string>>,
    }),
  )
  const [first = source.containers[0], ...others] = containers
  return {
    ...source,
    arn: registered ?? family,
    containers: [first, ...others],
    document: without(registration, ...DESCRIPTION_ONLY),
  }
}

/** Hides the values of the environment: they are the app's, and may be secret. */
export function maskDerivation(derivation: PlannedDerivation): PlannedDerivation {
  const containerDefinitions = derivation.registration.containerDefinitions?.map((container) => ({
    ...container,
    ...(Array.isArray(container.environment) && { environment: container.environment.map(maskVariable) }),
  }))
  return {
    ...derivation,
    registration: { ...derivation.registration, ...(containerDefinitions && { containerDefinitions }) },
  }
}

function maskVariable({ name }: { readonly name?: unknown }) {
  return { name, value: '***' }
}
