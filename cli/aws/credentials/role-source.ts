import { FargateLoginError } from '../../core/error.ts'
import type { Environment } from '../files/environment.ts'
import type { Section } from '../files/ini.ts'
import { environmentKeys } from './environment-source.ts'
import type { RoleSource, Source } from './source.ts'

interface RoleSourceInput {
  readonly name: string
  readonly profile: Section
  readonly arn: string
  readonly environment: Environment
  /** The source of another profile. */
  readonly sourceOf: (profile: string) => Source
}

/**
 * The role that a profile names, and the credentials to assume it with.
 * @throws FargateLoginError `credentials-missing`
 */
export function roleSource(input: RoleSourceInput): RoleSource {
  const { name, profile, arn } = input
  const duration = Number(profile.get('duration_seconds') ?? Number.NaN)
  const sessionName = profile.get('role_session_name')
  const externalId = profile.get('external_id')
  const mfaSerial = profile.get('mfa_serial')
  return {
    kind: 'role',
    profile: name,
    arn,
    ...(sessionName && { sessionName }),
    ...(externalId && { externalId }),
    ...(mfaSerial && { mfaSerial }),
    ...(Number.isInteger(duration) && { durationSeconds: duration }),
    source: sourceFor(input),
  }
}

function sourceFor({ name, profile, environment, sourceOf }: RoleSourceInput): Source {
  const other = profile.get('source_profile')
  const kind = profile.get('credential_source')
  if (other && kind)
    throw invalid(name, 'has both source_profile and credential_source', 'Remove one of them.')
  if (other) return sourceOf(other)
  switch (kind) {
    case 'Environment': {
      const keys = environmentKeys(environment)
      if (keys) return keys
      const hint = 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
      throw invalid(name, 'takes its keys from the environment, which has none', hint)
    }
    case 'EcsContainer':
      return { kind: 'container' }
    case 'Ec2InstanceMetadata':
      return { kind: 'instance' }
    case undefined:
      throw invalid(
        name,
        'has role_arn, but says nothing about the credentials to assume it with',
        `Add source_profile or credential_source to profile ${name}.`,
      )
    default:
      throw invalid(
        name,
        `has an unknown credential_source: ${kind}`,
        'Known values: Environment, EcsContainer, Ec2InstanceMetadata.',
      )
  }
}

function invalid(name: string, what: string, hint: string): FargateLoginError {
  return new FargateLoginError('credentials-missing', `Profile ${name} ${what}.`, { hint })
}
