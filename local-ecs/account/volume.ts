import * as v from 'valibot'
import { oneOf } from './enumerations.ts'

const EfsVolume = v.looseObject({
  fileSystemId: v.string(),
  transitEncryption: v.optional(oneOf('EFSTransitEncryption')),
  authorizationConfig: v.optional(v.looseObject({ iam: v.optional(oneOf('EFSAuthorizationConfigIAM')) })),
})

/** A volume of the task. Mount points refer to it by name. */
export const VolumeInput = v.looseObject({
  name: v.string(),
  host: v.optional(v.looseObject({ sourcePath: v.optional(v.string()) })),
  configuredAtLaunch: v.optional(v.boolean()),
  dockerVolumeConfiguration: v.optional(
    v.looseObject({
      scope: v.optional(oneOf('Scope')),
      driver: v.optional(v.string()),
      driverOpts: v.optional(v.record(v.string(), v.string())),
    }),
  ),
  efsVolumeConfiguration: v.optional(EfsVolume),
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
