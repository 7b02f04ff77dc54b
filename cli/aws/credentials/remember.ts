import type { AwsCredentialIdentity } from '@smithy/types'

/** As in the SDK: credentials are fetched again when they have less than this left. */
const LEAST_MILLISECONDS = 5 * 60_000

/**
 * Fetches credentials once for all clients, and again shortly before they expire. A failure is not remembered.
 */
export function remember(fetch: () => Promise<AwsCredentialIdentity>): () => Promise<AwsCredentialIdentity> {
  let known: Promise<AwsCredentialIdentity> | undefined
  let freshUntil = 0
  return async () => {
    if (known && Date.now() < freshUntil) return await known
    freshUntil = Number.POSITIVE_INFINITY
    known = fetch()
    try {
      const { expiration } = await known
      if (expiration) freshUntil = expiration.getTime() - LEAST_MILLISECONDS
    } catch (error) {
      known = undefined
      throw error
    }
    return await known
  }
}
