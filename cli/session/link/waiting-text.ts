import type { ErrorCode, FargateLoginError } from '../../core/error.ts'
import { type Route, routeText } from '../../core/link/reach.ts'

export type Doing = 'waiting' | 'reconnecting'

const BEGINNINGS: Readonly<Record<Doing, string>> = {
  waiting: 'Waiting for sshd on',
  reconnecting: 'Connection lost; reconnecting to',
}

const STATES: Partial<Record<ErrorCode, string>> = {
  'connection-silent': 'no answer yet',
  'connection-refused': 'refused so far',
  'connection-lost': 'hung up so far',
  'not-ssh': 'something else answers',
}

/**
 * The progress line of an attempt to connect: "Waiting for sshd on 10.0.3.17:2222 (refused so far)".
 * @param last the error of the last attempt
 */
export function waitingText(doing: Doing, route: Route, last: FargateLoginError | undefined): string {
  const state = last && STATES[last.code]
  return `${BEGINNINGS[doing]} ${routeText(route)}${state === undefined ? '' : ` (${state})`}`
}
