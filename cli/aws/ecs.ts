import {
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
} from '@aws-sdk/client-ecs'
import { FargateLoginError } from '../core/error.ts'
import type { RunTaskRequest } from '../core/plan/run-task-request.ts'
import type { ListedTask } from '../core/task/listed-task.ts'
import { quoteWord } from '../core/text/quote.ts'
import type { Ecs } from '../session/ports.ts'
import { object, objects, sayNothing, text, texts } from './answer.ts'
import { callAws, isExpired } from './aws-error.ts'
import { type ClientConfig, RUN_TASK_TIMEOUT } from './clients.ts'
import { describeTaskDefinition } from './describe-task-definition.ts'
import { explainRegistration, explainRun, notPlaced } from './ecs-refusals.ts'
import { parseListedTask } from './parse-listed-task.ts'
import { parseService } from './parse-service.ts'
import { parseTask } from './parse-task.ts'

/** DescribeTasks takes no more. */
const DESCRIBED_AT_ONCE = 100
/** Of 100 tasks each. */
const MOST_PAGES = 500

/** ECS as the flow needs it; the SDK's types end here. */
export function makeEcs(config: ClientConfig): Ecs {
  const client = new ECSClient(config)
  return {
    async describeService(cluster, service, signal) {
      const command = new DescribeServicesCommand({ cluster, services: [service] })
      const answer = await callAws('ecs:DescribeServices', (options) => client.send(command, options), signal)
      if (!Array.isArray(answer.services)) throw sayNothing('ecs:DescribeServices', 'services')
      const [found] = objects(answer.services)
      if (found && found.status !== 'INACTIVE') return parseService(found)
      throw new FargateLoginError(
        'service-unusable',
        `Cluster ${cluster} has no active service ${service}.`,
        {
          hint: `Check --service, --cluster and --region. The services there: aws ecs list-services --cluster ${quoteWord(cluster)}`,
        },
      )
    },

    describeTaskDefinition: (name, signal) => describeTaskDefinition(client, name, signal),

    async listTaskDefinitions(familyPrefix, signal) {
      const command = new ListTaskDefinitionsCommand({ familyPrefix, status: 'ACTIVE', sort: 'DESC' })
      const answer = await callAws(
        'ecs:ListTaskDefinitions',
        (options) => client.send(command, options),
        signal,
      )
      return texts(answer.taskDefinitionArns)
    },

    async registerTaskDefinition(document, signal) {
      const input = structuredClone(document) as unknown as RegisterTaskDefinitionCommandInput
      const command = new RegisterTaskDefinitionCommand(input)
      const answer = await callAws(
        'ecs:RegisterTaskDefinition',
        (options) => client.send(command, options),
        signal,
      ).catch(explainRegistration)
      const arn = text(object(answer.taskDefinition).taskDefinitionArn)
      if (arn !== undefined) return arn
      throw sayNothing('ecs:RegisterTaskDefinition', 'revision')
    },

    async runTask(request, giveUp) {
      const command = new RunTaskCommand(toSdk(request))
      const { credentials, systemClockOffset } = client.config
      const once = new ECSClient({ ...config, credentials, systemClockOffset, maxAttempts: 1 })
      const answer = await callAws(
        'ecs:RunTask',
        (options) => once.send(command, { ...options, requestTimeout: RUN_TASK_TIMEOUT }),
        giveUp,
      )
        .catch(explainRun)
        .finally(() => once.destroy())
      const [task] = objects(answer.tasks)
      if (text(task?.taskArn) !== undefined) return parseTask(object(task))
      const [failure] = objects(answer.failures)
      if (failure && !task) throw notPlaced(failure)
      // It may run all the same: the same request again is answered with the task that it started.
      throw sayNothing('ecs:RunTask', 'task and no failure')
    },

    async describeTask(cluster, arn, signal) {
      const command = new DescribeTasksCommand({ cluster, tasks: [arn] })
      const answer = await callAws('ecs:DescribeTasks', (options) => client.send(command, options), signal)
      if (!Array.isArray(answer.tasks)) throw sayNothing('ecs:DescribeTasks', 'tasks')
      const [task] = objects(answer.tasks)
      // Whatever it says, the task that is watched, and stopped in the end, is the one asked for.
      return task && { ...parseTask(task), arn }
    },

    async listTasks(cluster, startedBy, signal) {
      const arns: string[] = []
      let nextToken: string | undefined
      for (let page = 0; page < MOST_PAGES; page++) {
        // No other filter goes with startedBy; without desiredStatus ECS means RUNNING.
        const filter = startedBy === undefined ? {} : { startedBy }
        const command = new ListTasksCommand({ cluster, ...filter, ...(nextToken && { nextToken }) })
        const answer = await callAws('ecs:ListTasks', (options) => client.send(command, options), signal)
        if (!Array.isArray(answer.taskArns)) throw sayNothing('ecs:ListTasks', 'task ARNs')
        arns.push(...texts(answer.taskArns))
        nextToken = text(answer.nextToken)
        if (nextToken === undefined) return arns
      }
      throw sayNothing('ecs:ListTasks', 'end')
    },

    async describeTasks(cluster, arns, signal) {
      const tasks: ListedTask[] = []
      for (let start = 0; start < arns.length; start += DESCRIBED_AT_ONCE) {
        const batch = arns.slice(start, start + DESCRIBED_AT_ONCE)
        const command = new DescribeTasksCommand({ cluster, tasks: batch, include: ['TAGS'] })
        const answer = await callAws('ecs:DescribeTasks', (options) => client.send(command, options), signal)
        tasks.push(...objects(answer.tasks).map(parseListedTask))
      }
      return tasks
    },

    region: () => client.config.region(),

    async stopTask(cluster, task, reason, signal) {
      const stop = async (by: ECSClient) => {
        const command = new StopTaskCommand({ cluster, task, reason })
        await callAws('ecs:StopTask', (options) => by.send(command, options), signal)
      }
      try {
        await stop(client)
      } catch (error) {
        if (!isExpired(error)) throw error
        // A session may outlive its credentials, and others be there by now. The SDK keeps those that it has read.
        const fresh = new ECSClient({ ...config, ...REREAD })
        await stop(fresh).finally(() => fresh.destroy())
      }
    },

    async instanceId(cluster, arn, signal) {
      const command = new DescribeContainerInstancesCommand({ cluster, containerInstances: [arn] })
      const answer = await callAws(
        'ecs:DescribeContainerInstances',
        (options) => client.send(command, options),
        signal,
      )
      const [instance] = objects(answer.containerInstances)
      const id = text(instance?.ec2InstanceId)
      if (id !== undefined) return id
      throw new FargateLoginError(
        'address-missing',
        `Container instance ${arn} is no EC2 instance that ECS knows.`,
        {
          hint: 'AWS knows no address of an external instance (ECS Anywhere): take another --launch-type or --capacity-provider.',
        },
      )
    },
  }
}

/** Goes through to the SDK's providers of credentials: files are read again, not taken from its memory. */
const REREAD = { ignoreCache: true }

/** The same members; the SDK's types only lack `readonly`. */
function toSdk(request: RunTaskRequest): RunTaskCommandInput {
  return structuredClone(request) as RunTaskCommandInput
}
