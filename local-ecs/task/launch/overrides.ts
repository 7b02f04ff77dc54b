import * as v from 'valibot'
import { KeyValues } from '../../account/container-definition.ts'
import { oneOf } from '../../account/enumerations.ts'

const ContainerOverride = v.looseObject({
  name: v.optional(v.string()),
  command: v.optional(v.array(v.string())),
  environment: v.optional(KeyValues),
  environmentFiles: v.optional(v.array(v.looseObject({ type: oneOf('EnvironmentFileType') }))),
  cpu: v.optional(v.number()),
  /** MiB. */
  memory: v.optional(v.number()),
  memoryReservation: v.optional(v.number()),
  resourceRequirements: v.optional(v.array(v.looseObject({ type: oneOf('ResourceType') }))),
})

export const OverridesInput = v.optional(
  v.looseObject({
    containerOverrides: v.optional(v.array(ContainerOverride), []),
    cpu: v.optional(v.string()),
    memory: v.optional(v.string()),
    ephemeralStorage: v.optional(v.looseObject({ sizeInGiB: v.pipe(v.number(), v.integer()) })),
    taskRoleArn: v.optional(v.string()),
    executionRoleArn: v.optional(v.string()),
  }),
  {},
)

export type Overrides = v.InferOutput<typeof OverridesInput>
export type ContainerOverrides = Overrides['containerOverrides'][number]
