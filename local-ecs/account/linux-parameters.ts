import * as v from 'valibot'
import { oneOf } from './enumerations.ts'

const Tmpfs = v.looseObject({
  containerPath: v.string(),
  /** MiB. */
  size: v.number(),
  mountOptions: v.optional(v.array(v.string())),
})

const Device = v.looseObject({
  hostPath: v.string(),
  permissions: v.optional(v.array(oneOf('DeviceCgroupPermission'))),
})

export const LinuxParametersInput = v.looseObject({
  capabilities: v.optional(
    v.looseObject({ add: v.optional(v.array(v.string())), drop: v.optional(v.array(v.string())) }),
  ),
  initProcessEnabled: v.optional(v.boolean()),
  /** MiB. */
  sharedMemorySize: v.optional(v.number()),
  tmpfs: v.optional(v.array(Tmpfs)),
  devices: v.optional(v.array(Device)),
  /** MiB. */
  maxSwap: v.optional(v.number()),
  swappiness: v.optional(v.number()),
})
