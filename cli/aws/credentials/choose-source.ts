import { FargateLoginError } from '../../core/error.ts'
import type { Environment } from '../files/environment.ts'
import type { ChosenProfile } from '../files/profile.ts'
import type { SharedFiles } from '../files/shared-files.ts'
import { metadataIsDisabled } from '../settings/region.ts'
import { environmentKeys, environmentToken } from './environment-source.ts'
import { profileSource } from './profile-source.ts'
import type { Source } from './source.ts'

/**
 * Chooses as the AWS CLI does. Keys in the environment beat the profile of a variable, but not one that the user named
 * to fargate-login. After the profile come the container's role and that of the EC2 instance.
 * @throws FargateLoginError `credentials-missing`
 */
export function chooseSource(profile: ChosenProfile, files: SharedFiles, environment: Environment): Source {
  if (profile.missing) throw profile.missing
  const environmentCounts = !profile.named || profile.variable !== undefined
  const keys = environmentCounts ? environmentKeys(environment) : undefined
  if (keys) return keys
  const ofProfile = profileSource(profile.name, { files, environment })
  if (ofProfile?.kind === 'role') return ofProfile
  const token = environmentCounts ? environmentToken(environment) : undefined
  const found = token ?? ofProfile
  if (found) return found
  const { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_CONTAINER_CREDENTIALS_FULL_URI } = environment
  if (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || AWS_CONTAINER_CREDENTIALS_FULL_URI)
    return { kind: 'container' }
  if (!metadataIsDisabled(environment)) return { kind: 'instance' }
  throw noCredentials(profile, files)
}

/** Nothing has credentials: neither the environment, nor the profile, nor the machine. */
export function noCredentials({ name, named }: ChosenProfile, files: SharedFiles): FargateLoginError {
  const unreadable = files.unreadable.map((why) => ` ${why}.`).join('')
  if (named || files.profiles.has(name)) {
    const message = `Profile ${name} in ${files.names} has no credentials.${unreadable}`
    return new FargateLoginError('credentials-missing', message, {
      hint: `Add keys, role_arn, sso_session or credential_process to it, or use another profile with --profile.`,
    })
  }
  const message = `No AWS credentials in the environment, nor in ${files.names}.${unreadable}`
  return new FargateLoginError('credentials-missing', message, {
    hint: 'Set AWS_PROFILE or --profile, or sign in (aws configure sso).',
  })
}
