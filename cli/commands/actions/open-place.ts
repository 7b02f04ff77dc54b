import type { RawFlags } from '../../config/read-flags.ts'
import type { Config } from '../../core/config/config.ts'
import type { AwsAccess } from '../../core/text/paste.ts'
import type { Composition, Context } from '../context.ts'

/** A cluster, and how to reach its AWS, from the journal or an ARN. */
export interface Place {
  readonly cluster: string
  readonly access: AwsAccess
}

/**
 * Opens a place other than the user's own. The place determines the location; the user's flags for profile and endpoint
 * override what the journal recorded.
 */
export async function openPlace(
  { cluster, access }: Place,
  config: Config,
  { profile, endpointUrl }: RawFlags,
  { compose }: Pick<Context, 'compose'>,
): Promise<Composition> {
  const own = {
    ...(profile !== undefined && config.profile !== undefined && { profile: config.profile }),
    ...(endpointUrl !== undefined && config.endpointUrl !== undefined && { endpointUrl: config.endpointUrl }),
  }
  const place = await compose({ ...config, ...access, ...own, cluster })
  try {
    await place.signIn()
    return place
  } catch (error) {
    await place[Symbol.asyncDispose]()
    throw error
  }
}
