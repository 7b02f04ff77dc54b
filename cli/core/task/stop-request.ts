import { FargateLoginError } from '../error.ts'

/** What `stop` should stop: exactly one of these. */
export type StopRequest =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'mine' | 'all' | 'dead' }

export interface StopFlags {
  readonly ids: readonly string[]
  readonly mine?: boolean
  readonly all?: boolean
  readonly dead?: boolean
}

/**
 * @returns `undefined` if the user named nothing
 * @throws FargateLoginError `usage` if the user named more than one kind
 */
export function stopRequest(flags: StopFlags): StopRequest | undefined {
  const ids = [...new Set(flags.ids)]
  const requests: readonly StopRequest[] = [
    ...(ids.length > 0 ? [{ kind: 'ids', ids } as const] : []),
    ...(['mine', 'all', 'dead'] as const).flatMap((kind) => (flags[kind] ? [{ kind }] : [])),
  ]
  if (requests.length <= 1) return requests[0]
  throw new FargateLoginError('usage', 'IDs, --mine, --all and --dead exclude each other.', {
    hint: 'Use only one of them.',
  })
}
