import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findTaskDefinition } from '../../account/task-definition.ts'
import { epochSeconds } from '../../account/time.ts'
import { readInput } from '../../protocol/read-input.ts'
import { clientException, invalidParameter } from '../../protocol/refusal.ts'

const Input = v.object({ taskDefinition: v.string() })

export function deregisterTaskDefinition(account: Account, body: unknown): unknown {
  const { taskDefinition: reference } = readInput(Input, body)
  checkRevision(reference)
  const found = findTaskDefinition(account, reference)
  if (!found) throw clientException('Unable to describe task definition.')
  if (found.status !== 'ACTIVE') throw invalidParameter('The specified task definition is inactive.')
  found.status = 'INACTIVE'
  found.deregisteredAt = epochSeconds()
  const { tags, ...taskDefinition } = found
  return { taskDefinition }
}

/** Only one revision at a time can be deregistered or deleted. @throws Refusal */
export function checkRevision(reference: string): void {
  if (!/:\d+$/.test(reference)) throw invalidParameter('Missing version: revision is required.')
}
