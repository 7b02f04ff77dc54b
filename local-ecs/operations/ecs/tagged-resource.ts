import type { Account } from '../../account/account.ts'
import type { Tag } from '../../account/tag.ts'
import { findTaskDefinition } from '../../account/task-definition.ts'
import { invalidParameter } from '../../protocol/refusal.ts'

/** The taggable resource with this ARN. */
export function taggedResource(account: Account, arn: string): { tags: readonly Tag[] } {
  const found =
    account.tasks.get(arn) ??
    account.services.get(arn) ??
    [...account.clusters.values()].find((cluster) => cluster.arn === arn) ??
    (arn.includes(':task-definition/') ? findTaskDefinition(account, arn) : undefined)
  if (found) return found
  throw invalidParameter('The specified resource was not found. Specify a valid ARN and try again.')
}
