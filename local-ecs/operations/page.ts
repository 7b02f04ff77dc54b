import * as v from 'valibot'
import { invalidParameter } from '../protocol/refusal.ts'

/** The input that every List operation takes. */
export const PageInput = { maxResults: v.optional(v.number()), nextToken: v.optional(v.string()) }

export interface PageRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

const LARGEST_PAGE = 100

/** One page of a list. A token is the position of the next page, encoded so that clients treat it as opaque. */
export function page<Item>(items: readonly Item[], { maxResults = LARGEST_PAGE, nextToken }: PageRequest) {
  if (maxResults < 1 || maxResults > LARGEST_PAGE) {
    throw invalidParameter(`maxResults must be between 1 and ${LARGEST_PAGE}.`)
  }
  const start = nextToken === undefined ? 0 : position(nextToken)
  const end = start + maxResults
  return {
    items: items.slice(start, end),
    ...(end < items.length && { nextToken: Buffer.from(String(end)).toString('base64') }),
  }
}

function position(token: string): number {
  const text = Buffer.from(token, 'base64').toString()
  if (!/^\d+$/.test(text)) throw invalidParameter('Invalid token')
  return Number(text)
}
