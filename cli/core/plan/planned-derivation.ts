import type { Derivation, Registration } from '../derive/derive-task-definition.ts'
import { completeRegistration } from '../derive/registration.ts'
import { without } from '../derive/without.ts'
import type { Difference } from '../differences/difference.ts'
import { differences } from '../differences/differences.ts'
import { isObject } from '../differences/value.ts'
import { type ContainerDocument, DESCRIPTION_ONLY } from '../task/definition-document.ts'
import type { TaskDefinition } from '../task/task-definition.ts'

const MASK = '***'

/** How the session's task definition is derived from the user's. */
export interface PlannedDerivation {
  /** ARN of the source task definition. */
  readonly source: string
  readonly family: string
  /** The source's container that runs the session instead of the app. */
  readonly container: string
  /** ARN of an existing revision that fits; absent: a new one will be registered. */
  readonly registered?: string
  /** The input of RegisterTaskDefinition, tags included. */
  readonly registration: Registration
  readonly differences: readonly Difference[]
  /** The source's containers that are left out. */
  readonly dropped: readonly string[]
  /** Members of the source that this version does not know, and therefore cannot copy. */
  readonly unread: readonly string[]
  /** Sentences that tell the user about surprises. */
  readonly notes: readonly string[]
}

export interface DerivationFacts {
  readonly source: TaskDefinition
  /** The app container. */
  readonly container: string
  readonly derived: Derivation
  readonly hash: string
  readonly tags: boolean
  readonly version: string
}

export function planDerivation({ source, container, derived, ...facts }: DerivationFacts): PlannedDerivation {
  const { registration, dropped, notes } = derived
  return {
    source: source.arn,
    family: registration.family,
    container,
    registration: completeRegistration(registration, { ...facts, source: source.arn }),
    differences: differences(source.document, registration),
    dropped,
    unread: source.unread,
    notes: [...notes, ...unreadNotes(source)],
  }
}

function unreadNotes({ arn, unread }: TaskDefinition): readonly string[] {
  if (unread.length === 0) return []
  return [`This version does not know ${unread.join(', ')} of ${arn} and leaves it out. Check for an update.`]
}

/** The definition that the task will run, as far as the plan needs it. */
export function derivedDefinition(
  source: TaskDefinition,
  { registration, registered, family }: PlannedDerivation,
): TaskDefinition {
  const containers = registration.containerDefinitions.map(({ name, image = '', dockerLabels = {} }) => ({
    name,
    image,
    labels: dockerLabels,
  }))
  const [first = source.containers[0], ...others] = containers
  return {
    ...source,
    arn: registered ?? family,
    containers: [first, ...others],
    document: without(registration, ...DESCRIPTION_ONLY),
  }
}

/**
 * Hides what may be secret whatever its name: environment values, and log options, where log services keep their API
 * keys.
 */
export function maskDerivation(derivation: PlannedDerivation): PlannedDerivation {
  const containerDefinitions = derivation.registration.containerDefinitions.map((container) => ({
    ...container,
    ...(Array.isArray(container.environment) && { environment: container.environment.map(maskVariable) }),
    ...maskOptions(container, 'logConfiguration'),
    ...maskOptions(container, 'firelensConfiguration'),
  }))
  return {
    ...derivation,
    registration: { ...derivation.registration, containerDefinitions },
  }
}

function maskOptions(container: ContainerDocument, member: string): Readonly<Record<string, unknown>> {
  const configuration = container[member]
  if (!isObject(configuration) || !isObject(configuration.options)) return {}
  const options = Object.fromEntries(Object.keys(configuration.options).map((name) => [name, MASK]))
  return { [member]: { ...configuration, options } }
}

function maskVariable({ name }: { readonly name?: unknown }) {
  return { name, value: MASK }
}
