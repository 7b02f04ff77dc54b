import * as v from 'valibot'
import { DependencyInput } from './dependency.ts'
import { oneOf } from './enumerations.ts'
import { HealthCheckInput } from './health-check.ts'
import { LinuxParametersInput } from './linux-parameters.ts'
import { MountPointInput, VolumeFromInput } from './volume.ts'

export const KeyValues = v.array(v.object({ name: v.string(), value: v.optional(v.string(), '') }))

const PortMapping = v.looseObject({
  containerPort: v.optional(v.pipe(v.number(), v.integer())),
  hostPort: v.optional(v.pipe(v.number(), v.integer())),
  // ECS treats any other protocol as tcp.
  protocol: v.optional(v.fallback(v.picklist(['tcp', 'udp']), 'tcp'), 'tcp'),
  appProtocol: v.optional(oneOf('ApplicationProtocol')),
})

const SystemControl = v.looseObject({
  namespace: v.optional(v.string(), ''),
  value: v.optional(v.string(), ''),
})

const Ulimit = v.looseObject({ name: oneOf('UlimitName'), softLimit: v.number(), hardLimit: v.number() })

const LogConfiguration = v.looseObject({
  logDriver: oneOf('LogDriver'),
  options: v.optional(v.record(v.string(), v.string())),
})

const ExtraHost = v.looseObject({ hostname: v.string(), ipAddress: v.string() })

/** Members that matter here are checked and get ECS's defaults. The others pass through. */
export const ContainerDefinitionInput = v.looseObject({
  name: v.string(),
  image: v.string(),
  cpu: v.optional(v.number(), 0),
  essential: v.optional(v.boolean(), true),
  entryPoint: v.optional(v.array(v.string())),
  command: v.optional(v.array(v.string())),
  environment: v.optional(KeyValues, []),
  environmentFiles: v.optional(
    v.array(v.looseObject({ value: v.string(), type: oneOf('EnvironmentFileType') })),
  ),
  secrets: v.optional(v.array(v.looseObject({ name: v.string(), valueFrom: v.string() }))),
  portMappings: v.optional(v.array(PortMapping), []),
  user: v.optional(v.string()),
  workingDirectory: v.optional(v.string()),
  hostname: v.optional(v.string()),
  extraHosts: v.optional(v.array(ExtraHost)),
  links: v.optional(v.array(v.string())),
  interactive: v.optional(v.boolean()),
  pseudoTerminal: v.optional(v.boolean()),
  /** MiB. */
  memory: v.optional(v.number()),
  memoryReservation: v.optional(v.number()),
  mountPoints: v.optional(v.array(MountPointInput), []),
  volumesFrom: v.optional(v.array(VolumeFromInput), []),
  readonlyRootFilesystem: v.optional(v.boolean()),
  privileged: v.optional(v.boolean()),
  linuxParameters: v.optional(LinuxParametersInput),
  systemControls: v.optional(v.array(SystemControl), []),
  ulimits: v.optional(v.array(Ulimit)),
  dockerLabels: v.optional(v.record(v.string(), v.string())),
  logConfiguration: v.optional(LogConfiguration),
  firelensConfiguration: v.optional(v.looseObject({ type: oneOf('FirelensConfigurationType') })),
  dockerSecurityOptions: v.optional(v.array(v.string())),
  disableNetworking: v.optional(v.boolean()),
  resourceRequirements: v.optional(
    v.array(v.looseObject({ type: oneOf('ResourceType'), value: v.string() })),
  ),
  versionConsistency: v.optional(oneOf('VersionConsistency')),
  dependsOn: v.optional(v.array(DependencyInput)),
  healthCheck: v.optional(HealthCheckInput),
  /** Seconds that other containers wait for it, counted from its start. */
  startTimeout: v.optional(v.number()),
  /** Seconds from SIGTERM to SIGKILL. */
  stopTimeout: v.optional(v.number()),
})

export type ContainerDefinition = v.InferOutput<typeof ContainerDefinitionInput>

/** Default seconds between SIGTERM and SIGKILL. */
const STOP_TIMEOUT = 30

export function stopTimeoutMs(definition: ContainerDefinition | undefined): number {
  return (definition?.stopTimeout ?? STOP_TIMEOUT) * 1000
}
