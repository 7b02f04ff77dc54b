import * as v from 'valibot'
import type { Account, Failure, LaunchResult } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { checkTags, mergeTags, TagsInput } from '../../account/tag.ts'
import { findTaskDefinition, taskDefinitionNotFound } from '../../account/task-definition.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { NotPlaced } from '../../runners/not-placed.ts'
import { describeTask } from '../../task/describe-task.ts'
import { checkExecuteCommand } from '../../task/launch/check-execute-command.ts'
import { checkOverrides } from '../../task/launch/check-overrides.ts'
import { checkPlacement } from '../../task/launch/check-placement.ts'
import { chooseLaunch } from '../../task/launch/choose-launch.ts'
import { chooseNetwork } from '../../task/launch/choose-network.ts'
import { LaunchInput } from '../../task/launch/launch-input.ts'
import { type LaunchTaskInput, launchTask } from '../../task/launch/launch-task.ts'
import { OverridesInput } from '../../task/launch/overrides.ts'
import { once } from './client-token.ts'

const Input = v.object({
  cluster: v.optional(v.string()),
  taskDefinition: v.string(),
  count: v.optional(v.number(), 1),
  clientToken: v.optional(v.string()),
  startedBy: v.optional(v.string()),
  group: v.optional(v.string()),
  ...LaunchInput,
  overrides: OverridesInput,
  tags: TagsInput,
})

type RunTaskInput = v.InferOutput<typeof Input>

export async function runTask(account: Account, body: unknown): Promise<unknown> {
  const input = readInput(Input, body)
  const request = { ...input, request: JSON.stringify(body) }
  const { tasks, failures } = await once(account, request, () => launchAll(account, input))
  return { tasks: tasks.map((task) => describeTask(task, true)), failures }
}

/** If only some of the tasks can be placed, those run and the others are failures. */
async function launchAll(account: Account, input: RunTaskInput): Promise<LaunchResult> {
  const launch = launchInput(account, input)
  const launches = Array.from({ length: input.count }, () => launchTask(account, launch))
  const results = await Promise.all(launches.map((launch) => launch.catch(toFailure)))
  return {
    tasks: results.filter((result) => 'arn' in result),
    failures: results.filter((result) => 'reason' in result),
  }
}

function toFailure(error: unknown): Failure {
  if (error instanceof NotPlaced) return { reason: error.reason, detail: error.message }
  throw error
}

function launchInput(account: Account, input: RunTaskInput): LaunchTaskInput {
  const { count, startedBy, enableExecuteCommand, propagateTags } = input
  const cluster = findCluster(account, input.cluster)
  const definition = findTaskDefinition(account, input.taskDefinition)
  if (!definition) throw taskDefinitionNotFound()
  if (definition.status !== 'ACTIVE') throw invalidParameter('TaskDefinition is inactive')
  if (!Number.isInteger(count) || count < 1 || count > 10) {
    throw invalidParameter('Count must be between 1 and 10.')
  }
  if (startedBy !== undefined) checkStartedBy(startedBy)
  checkTags(input.tags)
  if (propagateTags === 'SERVICE')
    throw invalidParameter('Tags can not be propagated from a service to this task.')
  const launch = chooseLaunch(input, definition, cluster, account)
  checkPlacement(input, launch.launchType)
  const overrides = checkOverrides(input.overrides, definition, launch.launchType)
  checkExecuteCommand(enableExecuteCommand, definition, overrides)
  const network = chooseNetwork(input.networkConfiguration, definition, launch.launchType)
  const tags = mergeTags(propagateTags === 'TASK_DEFINITION' ? definition.tags : [], input.tags)
  return {
    cluster,
    definition,
    overrides,
    launch,
    network,
    group: input.group,
    startedBy,
    enableExecuteCommand,
    tags,
  }
}

function checkStartedBy(startedBy: string): void {
  if (startedBy.length > 128) throw invalidParameter('startedBy longer than 128.')
  if (!/^[\w\-/]*$/.test(startedBy)) {
    throw invalidParameter(
      'startedBy must contain letters, numbers, hyphens, forward slashes and underscores only.',
    )
  }
}
