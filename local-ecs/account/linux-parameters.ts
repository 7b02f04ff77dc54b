import * as v from 'valibot'

const Tmpfs = v.looseObject({
  containerPath: v.string(),
  /** MiB. */
  size: v.number(),
  mountOptions: v.optional(v.array(v.string())),
})

export const LinuxParametersInput = v.looseObject({
  capabilities: v.optional(
    v.looseObject({ add: v.optional(v.array(v.string())), drop: v.optional(v.array(v.string())) }),
  ),
  initProcessEnabled: v.optional(v.boolean()),
  /** MiB. */
  sharedMemorySize: v.optional(v.number()),
  tmpfs: v.optional(v.array(Tmpfs)),
})
