import {
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
} from '@aws-sdk/client-ecs'
import type { RunTaskRequest } from '../core/plan/run-task-request.ts'
import type { ListedTask } from '../core/task/listed-task.ts'
import type { Tasks } from '../session/ports/aws.ts'
import { type AwsCaller, isExpired } from './aws-error.ts'
import { type AwsClients, RUN_TASK_TIMEOUT_MS } from './clients.ts'
import { explainRun, notPlaced } from './ecs-refusals.ts'
import { incompleteAnswer, object, objects, text, texts } from './parse/answer.ts'
import { parseListedTask } from './parse/parse-listed-task.ts'
import { parseTask } from './parse/parse-task.ts'
import { makeSend } from './send.ts'

/** The most tasks in one DescribeTasks call. */
const DESCRIBED_AT_ONCE = 100
/** A page has up to 100 tasks. */
const MOST_PAGES = 500

/** Tasks in the flow's terms. The SDK's types end here. */
export function makeTasks(client: ECSClient, clients: AwsClients, access: AwsCaller): Tasks {
  const send = makeSend('ecs', client, access)
  return {
    async runTask(request, giveUp) {
      const { credentials, systemClockOffset } = client.config
      const once = new ECSClient({ ...clients.config('ecs'), credentials, systemClockOffset, maxAttempts: 1 })
      const sendOnce = makeSend('ecs', once, access)
      const options = { requestTimeoutMs: RUN_TASK_TIMEOUT_MS }
      const answer = await sendOnce('RunTask', new RunTaskCommand(toSdk(request)), giveUp, options)
        .catch(explainRun)
        .finally(() => once.destroy())
      const [task] = objects(answer.tasks)
      if (text(task?.taskArn) !== undefined) return parseTask(object(task))
      const [failure] = objects(answer.failures)
      if (failure && !task) throw notPlaced(failure)
      // A task may have been started anyway; the same request, sent again, returns it.
      throw incompleteAnswer('ecs:RunTask', 'task and no failure')
    },

    async describeTask(cluster, arn, signal) {
      const command = new DescribeTasksCommand({ cluster, tasks: [arn] })
      const answer = await send('DescribeTasks', command, signal)
      if (!Array.isArray(answer.tasks)) throw incompleteAnswer('ecs:DescribeTasks', 'tasks')
      const [task] = objects(answer.tasks)
      // Keep the requested ARN whatever the answer says: this task is watched, and stopped at the end.
      return task && { ...parseTask(task), arn }
    },

    async listTasks(cluster, startedBy, signal) {
      const arns: string[] = []
      let nextToken: string | undefined
      for (let page = 0; page < MOST_PAGES; page++) {
        // ECS allows no other filter with startedBy. Without desiredStatus it means RUNNING.
        const filter = startedBy === undefined ? {} : { startedBy }
        const command = new ListTasksCommand({ cluster, ...filter, ...(nextToken && { nextToken }) })
        const answer = await send('ListTasks', command, signal)
        if (!Array.isArray(answer.taskArns)) throw incompleteAnswer('ecs:ListTasks', 'task ARNs')
        arns.push(...texts(answer.taskArns))
        nextToken = text(answer.nextToken)
        if (nextToken === undefined) return arns
      }
      throw incompleteAnswer('ecs:ListTasks', 'end')
    },

    async describeTasks(cluster, arns, signal) {
      const tasks: ListedTask[] = []
      for (let start = 0; start < arns.length; start += DESCRIBED_AT_ONCE) {
        const batch = arns.slice(start, start + DESCRIBED_AT_ONCE)
        const command = new DescribeTasksCommand({ cluster, tasks: batch, include: ['TAGS'] })
        const answer = await send('DescribeTasks', command, signal)
        tasks.push(...objects(answer.tasks).map(parseListedTask))
      }
      return tasks
    },

    async stopTask(cluster, task, reason, signal) {
      const command = new StopTaskCommand({ cluster, task, reason })
      try {
        await send('StopTask', command, signal)
      } catch (error) {
        if (!isExpired(error)) throw error
        // A session may outlive its credentials. New ones may exist, but the clients keep those that they have.
        const fresh = new ECSClient({
          ...clients.config('ecs'),
          credentials: () => clients.freshCredentials(),
        })
        const sendFresh = makeSend('ecs', fresh, access)
        await sendFresh('StopTask', command, signal).finally(() => fresh.destroy())
      }
    },
  }
}

/** The members are equal; the SDK's types only lack `readonly`. */
function toSdk(request: RunTaskRequest): RunTaskCommandInput {
  return structuredClone(request) as RunTaskCommandInput
}
