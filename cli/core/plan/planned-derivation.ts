import type { Derivation, Registration } from '../derive/derive-task-definition.ts'
import { completeRegistration } from '../derive/registration.ts'
import { without } from '../derive/without.ts'
import type { Difference } from '../differences/difference.ts'
import { differences } from '../differences/differences.ts'
import { isObject } from '../differences/value.ts'
import { type ContainerDocument, DESCRIPTION_ONLY } from '../task/definition-document.ts'
import type { TaskDefinition } from '../task/task-definition.ts'

const MASK = '***'

/** How the task definition of a session comes from the one that the user named. */
export interface PlannedDerivation {
  /** ARN of the task definition that it derives from. */
  readonly source: string
  readonly family: string
  /** The one of the source that runs the session instead of the app. */
  readonly container: string
  /** The ARN of the revision that is all that is wanted; absent: it is to be registered. */
  readonly registered?: string
  /** What RegisterTaskDefinition takes, tags included. */
  readonly registration: Registration
  readonly differences: readonly Difference[]
  /** The containers of the source that are left out. */
  readonly dropped: readonly string[]
  /** What ECS describes of the source and this version does not know, and therefore cannot take over. */
  readonly unread: readonly string[]
  /** Sentences for the user about what may surprise. */
  readonly notes: readonly string[]
}

export interface DerivationFacts {
  readonly source: TaskDefinition
  /** The app's. */
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
  return [
    `${arn} has ${unread.join(', ')}, which this version does not know and leaves out. Is there a newer one?`,
  ]
}

/** What the task will run, as far as a plan rests on it. */
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
 * Hides what may be secret, and nobody can tell by its name: the values of the environment, and the options of logs, among
 * which log services have their API keys.
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
