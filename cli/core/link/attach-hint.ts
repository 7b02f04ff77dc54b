import type { ErrorCode } from '../error.ts'

/**
 * What to do if `attach` cannot reach a session that was open before. How it is reached was decided at its start, so
 * options such as --port or --user change nothing.
 */
const HINTS: Partial<Record<ErrorCode, string>> = {
  'connection-refused': "The sshd of the session no longer listens. See the task's log.",
  'connection-silent':
    'Packets are being dropped. Check your VPN, and that the security group of the task still lets you in.',
  'not-ssh': 'A proxy, a sign-in page or a load balancer answers in its place. Check your network.',
  'host-key-mismatch': 'Another server answers at this address. Check your network.',
  'authentication-failed': "The task takes only the key of this session. See the task's log.",
  'connection-lost': 'Check your network, and try again.',
}

/** @param hint of the error, which may be for a new session */
export function attachHint(code: ErrorCode, hint: string | undefined): string | undefined {
  return code === 'time-out' ? undefined : (HINTS[code] ?? hint)
}
