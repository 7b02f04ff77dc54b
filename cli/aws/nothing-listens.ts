import type { AwsAccess } from '../core/text/paste.ts'

/** A connection that this machine refused itself. */
interface Refused {
  readonly address: string
  readonly port: number
}

/** The fact and the next action if a program of this machine does not answer because it has ended. */
export interface NothingListens {
  readonly fact: string
  readonly hint: string
}

const LOOPBACK = /^(127\.[\d.]+|::1|::ffff:127\.[\d.]+)$/

/** @param error from Node, for one address or for several */
export function nothingListens(error: unknown, { endpointUrl }: AwsAccess): NothingListens | undefined {
  const refused = [error, ...((error as { errors?: readonly unknown[] }).errors ?? [])].find(isLoopback)
  if (!refused) return undefined
  const { address, port } = refused
  const host = address.includes(':') ? `[${address}]` : address
  const isEndpoint = URL.canParse(endpointUrl ?? '') && new URL(endpointUrl ?? '').port === String(port)
  return {
    fact: `nothing listens on ${host}:${port}.`,
    hint: isEndpoint ? ENDED : 'Check AWS_ENDPOINT_URL…, endpoint_url of the profile, and HTTPS_PROXY.',
  }
}

const ENDED = `Check --endpoint-url. If a local ECS set AWS_ENDPOINT_URL, it has ended. Start another one with:
eval "$(fargate-login local --detach)"
Forget its variables with:
eval "$(fargate-login local --stop)"`

function isLoopback(error: unknown): error is Refused {
  const { code, address, port } = error as { code?: unknown } & Partial<Refused>
  return code === 'ECONNREFUSED' && LOOPBACK.test(address ?? '') && port !== undefined
}
