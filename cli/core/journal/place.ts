import type { AwsAccess } from '../text/aws-command.ts'
import { quoteWords } from '../text/quote.ts'
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
    lastOf(cluster) === lastOf(place.cluster)
  )
}

/** `fargate-login list …` for the place of an entry. */
export function listCommand(access: AwsAccess, cluster: string): string {
  return quoteWords([
    'fargate-login',
    'list',
    '--cluster',
    cluster,
    ...(access.region === undefined ? [] : ['--region', access.region]),
    ...(access.profile === undefined ? [] : ['--profile', access.profile]),
    ...(access.endpointUrl === undefined ? [] : ['--endpoint-url', access.endpointUrl]),
  ])
}

function lastOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}
