import {
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  type Failure,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
} from '@aws-sdk/client-ecs'
import { FargateLoginError } from '../core/error.ts'
import type { ListedTask } from '../core/listed-task.ts'
import type { RunTaskRequest } from '../core/run-task-request.ts'
import type { Ecs } from '../session/ports.ts'
import { callAws, isDenied } from './aws-error.ts'
import type { ClientConfig } from './clients.ts'
import { describeTaskDefinition } from './describe-task-definition.ts'
import { parseListedTask } from './parse-listed-task.ts'
import { parseService } from './parse-service.ts'
import { parseTask } from './parse-task.ts'

/** DescribeTasks takes no more. */
const DESCRIBED_AT_ONCE = 100

/** ECS as the flow needs it; the SDK's types end here. */
export function makeEcs(config: ClientConfig): Ecs {
  const client = new ECSClient(config)
  return {
    async describeService(cluster, service, signal) {
      const command = new DescribeServicesCommand({ cluster, services: [service] })
      const answer = await callAws('ecs:DescribeServices', (options) => client.send(command, options), signal)
      const found = answer.services?.[0]
      if (found && found.status !== 'INACTIVE') return parseService(found)
      throw new FargateLoginError(
        'service-unusable',
        `Cluster ${cluster} has no active service ${service}.`,
        {
          hint: `Check --service, --cluster and --region. The services there: aws ecs list-services --cluster ${cluster}`,
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
      return answer.taskDefinitionArns ?? []
    },

    async registerTaskDefinition(document, signal) {
      const input = structuredClone(document) as unknown as RegisterTaskDefinitionCommandInput
      const command = new RegisterTaskDefinitionCommand(input)
      const answer = await callAws(
        'ecs:RegisterTaskDefinition',
        (options) => client.send(command, options),
        signal,
      ).catch(explainRegistration)
      const arn = answer.taskDefinition?.taskDefinitionArn
      if (arn !== undefined) return arn
      throw new FargateLoginError('aws-refused', 'ecs:RegisterTaskDefinition: the answer names no revision.')
    },

    async runTask(request, giveUp) {
      const command = new RunTaskCommand(toSdk(request))
      const answer = await callAws('ecs:RunTask', (options) => client.send(command, options), giveUp).catch(
        explainRun,
      )
      const [task] = answer.tasks ?? []
      if (task) return parseTask(task)
      throw notPlaced(answer.failures?.[0])
    },

    async describeTask(cluster, arn, signal) {
      const command = new DescribeTasksCommand({ cluster, tasks: [arn] })
      const answer = await callAws('ecs:DescribeTasks', (options) => client.send(command, options), signal)
      const [task] = answer.tasks ?? []
      return task && parseTask(task)
    },

    async listTasks(cluster, startedBy, signal) {
      const arns: string[] = []
      let nextToken: string | undefined
      do {
        // No other filter goes with startedBy; without desiredStatus ECS means RUNNING.
        const filter = startedBy === undefined ? {} : { startedBy }
        const command = new ListTasksCommand({ cluster, ...filter, ...(nextToken && { nextToken }) })
        const answer = await callAws('ecs:ListTasks', (options) => client.send(command, options), signal)
        arns.push(...(answer.taskArns ?? []))
        nextToken = answer.nextToken
      } while (nextToken)
      return arns
    },

    async describeTasks(cluster, arns, signal) {
      const tasks: ListedTask[] = []
      for (let start = 0; start < arns.length; start += DESCRIBED_AT_ONCE) {
        const batch = arns.slice(start, start + DESCRIBED_AT_ONCE)
        const command = new DescribeTasksCommand({ cluster, tasks: batch, include: ['TAGS'] })
        const answer = await callAws('ecs:DescribeTasks', (options) => client.send(command, options), signal)
        tasks.push(...(answer.tasks ?? []).map(parseListedTask))
      }
      return tasks
    },

    region: () => client.config.region(),

    async stopTask(cluster, task, reason, signal) {
      const command = new StopTaskCommand({ cluster, task, reason })
      await callAws('ecs:StopTask', (options) => client.send(command, options), signal)
    },

    async instanceId(cluster, arn, signal) {
      const command = new DescribeContainerInstancesCommand({ cluster, containerInstances: [arn] })
      const answer = await callAws(
        'ecs:DescribeContainerInstances',
        (options) => client.send(command, options),
        signal,
      )
      const id = answer.containerInstances?.[0]?.ec2InstanceId
      if (id !== undefined) return id
      throw new FargateLoginError(
        'address-missing',
        `Container instance ${arn} is no EC2 instance that ECS knows.`,
      )
    },
  }
}

/** The same members; the SDK's types only lack `readonly`. */
function toSdk(request: RunTaskRequest): RunTaskCommandInput {
  return structuredClone(request) as RunTaskCommandInput
}

function explainTags(error: unknown): never {
  if (error instanceof FargateLoginError && /ecs:TagResource/.test(error.message)) {
    const hint = 'The caller may not tag it. Use --no-tags, or allow ecs:TagResource (docs/iam.md).'
    throw new FargateLoginError(error.code, error.message, { hint, cause: error.cause })
  }
  throw error
}

function explainRun(error: unknown): never {
  if (error instanceof FargateLoginError && /TaskDefinition is inactive/i.test(error.message)) {
    const hint = 'It has been deregistered. Name another with --task-definition, or update the service.'
    throw new FargateLoginError('task-definition-inactive', error.message, { hint, cause: error.cause })
  }
  explainTags(error)
}

/** Who may not register, or not pass the roles, can have somebody do it who may. */
function explainRegistration(error: unknown): never {
  if (error instanceof FargateLoginError && !/ecs:TagResource/.test(error.message) && isDenied(error)) {
    throw new FargateLoginError('register-refused', error.message, { hint: error.hint, cause: error.cause })
  }
  if (error instanceof FargateLoginError && /Too many concurrent attempts/i.test(error.message)) {
    const hint = 'Others log in to the same task at this moment. Try again.'
    throw new FargateLoginError('register-busy', error.message, { hint, cause: error.cause })
  }
  explainTags(error)
}

/** RunTask answers 200 with `failures` where it found no place for the task. */
function notPlaced(failure: Failure | undefined): FargateLoginError {
  const reason = [failure?.reason, failure?.detail].filter(Boolean).join(' ') || 'ECS gives no reason'
  return new FargateLoginError('task-not-placed', `ECS placed no task: ${reason}`, {
    hint: placementHint(reason),
  })
}

function placementHint(reason: string): string {
  if (/Capacity is unavailable/i.test(reason)) {
    return 'Try again, or give subnets of other availability zones with --subnets.'
  }
  if (/^RESOURCE:/.test(reason))
    return 'The container instances are full: add one, or use --launch-type FARGATE.'
  if (/^AGENT/.test(reason)) return 'The ECS agent of the container instance is not connected.'
  return 'Check --launch-type, --capacity-provider and the placement constraints of the task definition.'
}
