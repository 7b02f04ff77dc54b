import type { DetachedEntry } from '../../cli/core/journal/journal-entry.ts'
import { RUNNING_TASK } from './values.ts'

/** The journal's entry of a session that was left running. */
export const DETACHED: DetachedEntry = {
  version: 2,
  session: 'abcdefghijkl',
  owner: { pid: 7, startTime: '100', host: 'laptop' },
  createdAt: '2026-01-02T03:04:05.000Z',
  access: { region: 'us-east-1' },
  account: '123456789012',
  cluster: 'default',
  startedBy: 'fargate-login/abcdefghijkl',
  clientToken: 'fargate-login-abcdefghijkl',
  taskArn: RUNNING_TASK.arn,
  detached: {
    reach: {
      container: 'app',
      route: { kind: 'tcp', host: '10.0.0.7', port: 2222, found: 'private' },
      user: 'app',
      userKey: 'SHA256:user',
      hostKey: { policy: 'verify', fingerprint: 'SHA256:host' },
    },
    reconnectSeconds: 0,
  },
}
