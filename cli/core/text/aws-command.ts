import { arnRegion } from '../task/task.ts'
import { quoteWords } from './quote.ts'

/** How the user reaches AWS, as far as a command to paste must repeat it. */
export interface AwsAccess {
  readonly region?: string
  readonly profile?: string
  readonly endpointUrl?: string
}

/** `aws ecs stop-task …`, complete with the user's own Region, profile and endpoint. */
export function stopTaskCommand(access: AwsAccess, cluster: string, arn: string): string {
  const region = access.region ?? arnRegion(arn)
  const own = region === undefined ? access : { ...access, region }
  return awsCommand(own, 'stop-task', '--cluster', cluster, '--task', arn)
}

/** `aws ecs list-tasks …` that finds what one session has started. */
export function listTasksCommand(access: AwsAccess, cluster: string, startedBy: string): string {
  return awsCommand(access, 'list-tasks', '--cluster', cluster, '--started-by', startedBy)
}

/** `aws ecs register-task-definition …` that reads the definition from a file. */
export function registerCommand(access: AwsAccess, file: string): string {
  return awsCommand(access, 'register-task-definition', '--cli-input-json', `file://${file}`)
}

function awsCommand({ region, profile, endpointUrl }: AwsAccess, ...words: readonly string[]): string {
  return quoteWords([
    'aws',
    'ecs',
    ...words,
    ...(region === undefined ? [] : ['--region', region]),
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...(endpointUrl === undefined ? [] : ['--endpoint-url', endpointUrl]),
  ])
}
