import { DESCRIPTION_ONLY, type TaskDefinitionDocument } from '../task/definition-document.ts'
import { deriveAppContainer } from './app-container.ts'
import { checkMounts } from './checks/check-mounts.ts'
import { checkPorts } from './checks/check-ports.ts'
import { checkToolkitPull } from './checks/check-pull.ts'
import { checkRouter } from './checks/check-router.ts'
import { checkSize } from './checks/check-size.ts'
import { checkSource, DERIVED_SUFFIX } from './checks/check-source.ts'
import { neededContainers } from './needed-containers.ts'
import { deriveNotes } from './notes.ts'
import { deriveSidecar } from './sidecar.ts'
import { type DeriveSource, readDeriveSource, type SourceContainer } from './source.ts'
import { toolkitContainer } from './toolkit.ts'
import { deriveVolumes } from './volumes.ts'
import { without } from './without.ts'

export interface DeriveOptions {
  /** Name of the app container. */
  readonly container: string
  /** The image that contains the SSH server and copies it to the task volume. */
  readonly toolkitImage: string
  readonly port: number
  /** Keep the other containers, and with them those that run before the app. */
  readonly keepSidecars: boolean
}

/** The input of RegisterTaskDefinition. */
export interface Registration extends TaskDefinitionDocument {
  readonly family: string
  readonly containerDefinitions: readonly SourceContainer[]
}

export interface Derivation {
  /** Without tags and hash, which registration.ts adds. */
  readonly registration: Registration
  /** Names of the containers left out. */
  readonly dropped: readonly string[]
  /** Sentences that tell the user about surprises. */
  readonly notes: readonly string[]
}

/** The most characters that ECS allows in a family. */
const FAMILY_LENGTH = 255

/**
 * Derives the task definition whose app container runs our SSH server instead of the app, in the app's own image.
 * A pure function: it does not change the source.
 * @throws FargateLoginError `task-definition-unusable`
 */
export function deriveTaskDefinition(document: TaskDefinitionDocument, options: DeriveOptions): Derivation {
  const source = readDeriveSource(document)
  const app = checkSource(source, options.container)
  checkMounts(source, app)
  checkToolkitPull(source, options.toolkitImage)

  const needed = options.keepSidecars ? [] : neededContainers(source, app)
  const isNeeded = (container: SourceContainer) => needed.some((need) => need.container === container)
  const others = source.containerDefinitions.filter((container) => container !== app)
  const sidecars = others.filter((container) => options.keepSidecars || isNeeded(container))
  checkPorts(source, sidecars, options.port)
  checkRouter(app, sidecars)

  const registration = deriveDocument(source, options, { app, sidecars })
  checkSize(registration)
  return {
    registration,
    dropped: others.filter((container) => !sidecars.includes(container)).map(({ name }) => name),
    notes: deriveNotes({ source, registration, app, remaining: [app, ...sidecars], needed }),
  }
}

interface Remaining {
  readonly app: SourceContainer
  readonly sidecars: readonly SourceContainer[]
}

function deriveDocument(source: DeriveSource, options: DeriveOptions, remaining: Remaining): Registration {
  const { app, sidecars } = remaining
  const { networkMode, proxyConfiguration, pidMode } = source
  const kept = new Set([app, ...sidecars].map(({ name }) => name))
  const hasProxy = sidecars.some(({ name }) => name === proxyConfiguration?.containerName)
  return {
    ...without(source, ...DESCRIPTION_ONLY, 'enableFaultInjection', 'proxyConfiguration', 'pidMode'),
    family: `${source.family.slice(0, FAMILY_LENGTH - DERIVED_SUFFIX.length)}${DERIVED_SUFFIX}`,
    // The helper starts first, so it comes first. The others keep their order.
    containerDefinitions: [
      toolkitContainer(app, options.toolkitImage, Boolean(source.memory)),
      ...source.containerDefinitions.flatMap((container) => {
        if (container === app) return [deriveAppContainer({ app, port: options.port, networkMode, kept })]
        return sidecars.includes(container) ? [deriveSidecar(container, app, kept)] : []
      }),
    ],
    volumes: deriveVolumes(source, app, sidecars),
    // Without the proxy container, the configuration would redirect every connection to a port without a listener.
    ...(proxyConfiguration && hasProxy && { proxyConfiguration }),
    // A single container has its own process namespace anyway. Without pidMode, sshd is PID 1, as the image expects.
    ...(pidMode !== undefined && sidecars.length > 0 && { pidMode }),
  }
}
