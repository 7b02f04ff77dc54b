import * as v from 'valibot'
import { KeyValues } from '../../account/container-definition.ts'
import type { TaskDefinition } from '../../account/task-definition.ts'
import { invalidParameter } from '../../protocol/refusal.ts'

const ContainerOverride = v.looseObject({
  name: v.optional(v.string()),
  command: v.optional(v.array(v.string())),
  environment: v.optional(KeyValues),
})

export const OverridesInput = v.optional(
  v.looseObject({
    containerOverrides: v.optional(v.array(ContainerOverride), []),
    cpu: v.optional(v.string()),
    memory: v.optional(v.string()),
  }),
  {},
)

export type Overrides = v.InferOutput<typeof OverridesInput>
export type ContainerOverrides = Overrides['containerOverrides'][number]

/** In characters, including JSON punctuation. */
const LONGEST = 8192

export function checkOverrides(overrides: Overrides, definition: TaskDefinition): void {
  // ECS counts its own JSON, which has no spaces.
  if (JSON.stringify(overrides).length > LONGEST) {
    throw invalidParameter(`Container Overrides length must be at most ${LONGEST}`)
  }
  const names = definition.containerDefinitions.map(({ name }) => name)
  for (const { name } of overrides.containerOverrides) {
    if (name === undefined) throw invalidParameter('Container override must have a container name.')
    if (!names.includes(name)) {
      throw invalidParameter(`Override for container named ${name} is not a container in the TaskDefinition.`)
    }
  }
}
