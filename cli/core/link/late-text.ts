import { type FargateLoginError, hasCode } from '../error.ts'
import { type Reach, routeText } from './reach.ts'

export interface LateInput {
  readonly last: FargateLoginError | undefined
  readonly reach: Reach
  /** How long the task has been RUNNING. */
  readonly seconds: number
  readonly injected: boolean
}

/** Says what is probably wrong when sshd does not let us in long after the start of its container. */
export function lateText({ last, reach, seconds, injected }: LateInput): string {
  const { container, route } = reach
  const since = `${seconds} s after the task is RUNNING`
  if (!hasCode(last, 'connection-refused') && !hasCode(last, 'connection-lost')) {
    const groups = route.securityGroups?.join(', ')
    const group = groups ? `security group (${groups})` : 'security group'
    return `${routeText(route)} does not answer, ${since}. Probably its ${group} does not let you in.`
  }
  const cause = injected
    ? `See the log of container "${container}".`
    : `Probably container "${container}" runs no SSH server. To bring one, use --inject.`
  return `${routeText(route)} lets nobody in, ${since}. ${cause}`
}
