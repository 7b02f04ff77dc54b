import type { ErrorCode, FargateLoginError } from '../../core/error.ts'
import { type Route, routeText } from '../../core/link/reach.ts'

const STATES: Partial<Record<ErrorCode, string>> = {
  'connection-silent': 'no answer yet: security group?',
  'connection-refused': 'refused so far',
  'connection-lost': 'it hangs up',
  'not-ssh': 'something else answers',
}

/**
 * The progress line of an attempt to connect: "Waiting for sshd on 10.0.3.17:2222 (refused so far)".
 * @param last the error of the last attempt
 */
export function waitingText(doing: string, route: Route, last: FargateLoginError | undefined): string {
  const state = last && STATES[last.code]
  return `${doing} ${routeText(route)}${state === undefined ? '' : ` (${state})`}`
}
