import { arnRegion } from './arn.ts'
import { quoteWords } from './quote.ts'

// Builds every command in a message that the user can paste, so that it reaches the same AWS.

/** How the user reaches AWS. */
export interface AwsAccess {
  readonly region?: string
  readonly profile?: string
  readonly endpointUrl?: string
  /** The endpoint ends with this process, so no later command can reach it. */
  readonly endsWithUs?: true
}

/** A sentence, and the command that it recommends. */
export interface Advice {
  readonly text: string
  readonly command: string
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

/** A hint with the command on a line of its own, so that it can be copied whole. */
export function adviceText({ text, command }: Advice): string {
  return `${text}\n${command}`
}

/** The same for a command that has to reach the endpoint: nothing if the endpoint ends with us. */
export function adviceAt({ endsWithUs }: AwsAccess, text: string, command: string): string {
  return endsWithUs ? '' : adviceText({ text, command })
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
