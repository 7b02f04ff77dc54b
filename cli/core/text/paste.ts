import { arnRegion } from './arn.ts'
import { quoteWords } from './quote.ts'

// Builds every command in a message that the user can paste, so that it reaches the same AWS.

/** How the user reaches AWS. */
export interface AwsAccess {
  readonly region?: string
  readonly profile?: string
  readonly endpointUrl?: string
}

/** `aws ecs …` with the user's own Region, profile and endpoint. */
export function awsEcsCommand(access: AwsAccess, ...words: readonly string[]): string {
  return quoteWords(['aws', 'ecs', ...words, ...accessWords(access)])
}

/** `fargate-login …` with the user's own Region, profile and endpoint. */
export function ownCommand(access: AwsAccess, ...words: readonly string[]): string {
  return quoteWords(['fargate-login', ...words, ...accessWords(access)])
}

/** `fargate-login stop SESSION` and the like. The journal knows how to reach the session's AWS. */
export function commandForSession(command: 'stop' | 'attach', session: string): string {
  return ownCommand({}, command, session)
}

/** The user's access, with the Region of a resource if the user named none. */
export function accessTo(arn: string, access: AwsAccess): AwsAccess {
  const region = access.region ?? arnRegion(arn)
  return region === undefined ? access : { ...access, region }
}

export function accessWords({ region, profile, endpointUrl }: AwsAccess): readonly string[] {
  return [
    ...(region === undefined ? [] : ['--region', region]),
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...(endpointUrl === undefined ? [] : ['--endpoint-url', endpointUrl]),
  ]
}
