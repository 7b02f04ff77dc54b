import { FargateLoginError } from '../error.ts'

/** What `stop` is told to stop: exactly one of these. */
export type StopOrder =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'mine' | 'all' | 'dead' }

export interface StopWords {
  readonly ids: readonly string[]
  readonly mine?: boolean
  readonly all?: boolean
  readonly dead?: boolean
}

/**
 * @returns `undefined` where nothing is said
 * @throws FargateLoginError `usage` where too much is said
 */
export function stopOrder(words: StopWords): StopOrder | undefined {
  const ids = [...new Set(words.ids)]
  const orders: readonly StopOrder[] = [
    ...(ids.length > 0 ? [{ kind: 'ids', ids } as const] : []),
    ...(['mine', 'all', 'dead'] as const).flatMap((kind) => (words[kind] ? [{ kind }] : [])),
  ]
  if (orders.length <= 1) return orders[0]
  throw new FargateLoginError('usage', 'IDs, --mine, --all and --dead exclude each other.', {
    hint: 'Give one of them: fargate-login stop ID',
  })
}
