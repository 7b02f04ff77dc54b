import { arnName } from '../text/arn.ts'
import type { JournalEntry } from './journal-entry.ts'

/** Where tasks run, as far as two of them can be in different places. */
export interface Place {
  readonly account: string | undefined
  readonly region: string
  /** Name or ARN. */
  readonly cluster: string
  readonly endpointUrl: string | undefined
}

export function isAt({ account, access, cluster }: JournalEntry, place: Place): boolean {
  return (
    account === place.account &&
    access.region === place.region &&
    access.endpointUrl === place.endpointUrl &&
    arnName(cluster) === arnName(place.cluster)
  )
}
