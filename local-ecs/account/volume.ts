import * as v from 'valibot'

/** A volume of the task. Mount points refer to it by name. */
export const VolumeInput = v.looseObject({
  name: v.string(),
  host: v.optional(v.looseObject({ sourcePath: v.optional(v.string()) })),
  configuredAtLaunch: v.optional(v.boolean()),
  dockerVolumeConfiguration: v.optional(
    v.looseObject({
      scope: v.optional(v.string()),
      driver: v.optional(v.string()),
      driverOpts: v.optional(v.record(v.string(), v.string())),
    }),
  ),
  efsVolumeConfiguration: v.optional(v.looseObject({})),
  fsxWindowsFileServerVolumeConfiguration: v.optional(v.looseObject({})),
})

export type Volume = v.InferOutput<typeof VolumeInput>

export const MountPointInput = v.looseObject({
  sourceVolume: v.optional(v.string()),
  containerPath: v.optional(v.string()),
  readOnly: v.optional(v.boolean()),
})

export const VolumeFromInput = v.looseObject({
  sourceContainer: v.optional(v.string()),
  readOnly: v.optional(v.boolean()),
})
