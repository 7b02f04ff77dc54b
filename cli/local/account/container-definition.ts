import * as v from 'valibot'

export const KeyValues = v.array(v.object({ name: v.string(), value: v.optional(v.string(), '') }))

const PortMapping = v.looseObject({
  containerPort: v.optional(v.pipe(v.number(), v.integer())),
  hostPort: v.optional(v.pipe(v.number(), v.integer())),
  protocol: v.optional(v.string(), 'tcp'),
})

/** The members that matter here are checked and get ECS's defaults, the others pass through. */
export const ContainerDefinitionInput = v.looseObject({
  name: v.string(),
  image: v.string(),
  cpu: v.optional(v.number(), 0),
  essential: v.optional(v.boolean(), true),
  entryPoint: v.optional(v.array(v.string())),
  command: v.optional(v.array(v.string())),
  environment: v.optional(KeyValues, []),
  mountPoints: v.optional(v.array(v.unknown()), []),
  portMappings: v.optional(v.array(PortMapping), []),
  /** Seconds from SIGTERM to SIGKILL. */
  stopTimeout: v.optional(v.number()),
  user: v.optional(v.string()),
  volumesFrom: v.optional(v.array(v.unknown()), []),
  workingDirectory: v.optional(v.string()),
})

export type ContainerDefinition = v.InferOutput<typeof ContainerDefinitionInput>

/** Seconds that a container has between SIGTERM and SIGKILL. */
const STOP_TIMEOUT = 30

export function stopTimeoutMs(definition: ContainerDefinition | undefined): number {
  return (definition?.stopTimeout ?? STOP_TIMEOUT) * 1000
}
