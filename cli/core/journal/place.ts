import { arnName } from '../text/arn.ts'
import type { JournalEntry } from './journal-entry.ts'

/** A place where tasks run. Two places differ in one of these members. */
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
