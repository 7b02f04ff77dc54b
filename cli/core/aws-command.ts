import { quoteWords } from './quote.ts'
import { arnRegion } from './task.ts'

/** How the user reaches AWS, as far as a command to paste must repeat it. */
export interface AwsAccess {
  readonly region?: string
  readonly profile?: string
  readonly endpointUrl?: string
}

/** `aws ecs stop-task …`, complete with the user's own Region, profile and endpoint. */
export function stopTaskCommand(access: AwsAccess, cluster: string, arn: string): string {
  const region = access.region ?? arnRegion(arn)
  return quoteWords([
    'aws',
    'ecs',
    'stop-task',
    '--cluster',
    cluster,
    '--task',
    arn,
    ...(region === undefined ? [] : ['--region', region]),
    ...(access.profile === undefined ? [] : ['--profile', access.profile]),
    ...(access.endpointUrl === undefined ? [] : ['--endpoint-url', access.endpointUrl]),
  ])
}
