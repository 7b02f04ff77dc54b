import { tagValue } from '../plan/tag-value.ts'
import type { ContainerDocument, TaskDefinitionDocument } from '../task/definition-document.ts'
import { isDerivedAppContainer } from './app-container.ts'
import { checkSize } from './checks/check-size.ts'
import type { Registration } from './derive-task-definition.ts'
import { TOOLKIT_CONTAINER } from './toolkit.ts'

export interface RegistrationFacts {
  /** SHA-256 of the registration's canonical JSON, which does not include the source's ARN. */
  readonly hash: string
  /** ARN, or family:revision, of the source. */
  readonly source: string
  readonly tags: boolean
  /** The version of fargate-login. */
  readonly version: string
}

/** A label of the app container, not a tag: reading tags needs one more permission. */
const HASH_LABEL = 'fargate-login.hash'

/**
 * Completes the document for RegisterTaskDefinition with tags and with the hash that later logins look for.
 * @throws FargateLoginError `task-definition-unusable` if that makes it too long
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

/** The hash in a described definition, if fargate-login derived it. */
export function derivedHash({ containerDefinitions }: TaskDefinitionDocument): string | undefined {
  if (!Array.isArray(containerDefinitions)) return undefined
  const containers: readonly (ContainerDocument | null)[] = containerDefinitions
  const hash = containers.find((container) => container && isDerivedAppContainer(container))?.dockerLabels?.[
    HASH_LABEL
  ]
  return typeof hash === 'string' ? hash : undefined
}

/** Whether fargate-login made this definition, in any version or configuration. */
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
