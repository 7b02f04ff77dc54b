import { NODE_REGION_CONFIG_OPTIONS } from '@smithy/core/config'
import { FargateLoginError } from '../../core/error.ts'
import type { Environment } from '../files/environment.ts'
import type { Lookup } from './lookup.ts'

/**
 * The Region: AWS_REGION, AWS_DEFAULT_REGION, the profile's, or that of the EC2 instance that we run on.
 * @throws FargateLoginError `credentials-missing`
 */
export async function findRegion(lookup: Lookup, environment: Environment): Promise<string> {
  if (lookup.profile.missing) throw lookup.profile.missing
  const found = lookup(['AWS_REGION', 'AWS_DEFAULT_REGION'], 'region')
  if (found) return found.text
  const ofInstance = metadataIsDisabled(environment) ? undefined : await instanceRegion()
  if (ofInstance !== undefined) return ofInstance
  const { name, named } = lookup.profile
  const profile = named ? `profile ${name}` : 'your profile'
  throw new FargateLoginError('credentials-missing', 'No AWS Region.', {
    hint: `Set AWS_REGION, --region, or region in ${profile}.`,
  })
}

export function metadataIsDisabled({ AWS_EC2_METADATA_DISABLED }: Environment): boolean {
  return AWS_EC2_METADATA_DISABLED?.toLowerCase() === 'true'
}

/** Takes up to a second where there is no metadata service. */
async function instanceRegion(): Promise<string | undefined> {
  const { default: read } = NODE_REGION_CONFIG_OPTIONS
  try {
    return typeof read === 'function' ? await read() : read
  } catch {
    return undefined
  }
}
