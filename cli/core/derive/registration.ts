import { tagValue } from '../plan/tag-value.ts'
import type { ContainerDocument, TaskDefinitionDocument } from '../task/definition-document.ts'
import { isDerivedAppContainer } from './app-container.ts'
import { checkSize } from './checks/check-size.ts'
import type { Registration } from './derive-task-definition.ts'
import { TOOLKIT_CONTAINER } from './toolkit.ts'

export interface RegistrationFacts {
  /** SHA-256 of the registration's canonical JSON; the source's ARN is no part of it. */
  readonly hash: string
  /** ARN, or family:revision, of what it derives from. */
  readonly source: string
  readonly tags: boolean
  /** fargate-login's own. */
  readonly version: string
}

/** On the app container, because reading tags takes a permission more than reading the definition. */
const HASH_LABEL = 'fargate-login.hash'

/**
 * The document as it goes to RegisterTaskDefinition: with the hash by which it is found again, and with tags.
 * @throws FargateLoginError `task-definition-unusable` when that makes it too long
 */
export function completeRegistration(registration: Registration, facts: RegistrationFacts): Registration {
  const { hash, source, version } = facts
  const tags = [
    { key: 'fargate-login:hash', value: tagValue(hash) },
    { key: 'fargate-login:source', value: tagValue(source) },
    { key: 'fargate-login:version', value: tagValue(version) },
  ]
  const labelled = {
    ...registration,
    containerDefinitions: registration.containerDefinitions.map((container) =>
      isDerivedAppContainer(container) ? withHash(container, hash) : container,
    ),
  }
  checkSize(labelled)
  return facts.tags ? { ...labelled, tags } : labelled
}

/** The hash that a described definition carries, if it is a derived one. */
export function derivedHash({ containerDefinitions }: TaskDefinitionDocument): string | undefined {
  if (!Array.isArray(containerDefinitions)) return undefined
  const containers: readonly (ContainerDocument | null)[] = containerDefinitions
  const hash = containers.find((container) => container && isDerivedAppContainer(container))?.dockerLabels?.[
    HASH_LABEL
  ]
  return typeof hash === 'string' ? hash : undefined
}

/** Whether a described definition is one that fargate-login has made, whichever. */
export function isDerived({ containerDefinitions }: TaskDefinitionDocument): boolean {
  if (!Array.isArray(containerDefinitions)) return false
  const containers: readonly (ContainerDocument | null)[] = containerDefinitions
  return containers.some(
    (container) => container && (container.name === TOOLKIT_CONTAINER || isDerivedAppContainer(container)),
  )
}

function withHash<T extends ContainerDocument>(container: T, hash: string): T {
  return { ...container, dockerLabels: { ...container.dockerLabels, [HASH_LABEL]: hash } }
}
