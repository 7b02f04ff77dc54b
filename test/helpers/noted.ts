import type { DetachedEntry } from '../../cli/session/activities/attach.ts'
import { RUNNING_TASK } from './values.ts'

/** The journal's entry of a session that was left running. */
export const DETACHED: DetachedEntry = {
  version: 1,
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
    address: { host: '10.0.0.7', port: 2222, found: 'private' },
    user: 'app',
    key: 'SHA256:user',
    hostKey: 'SHA256:host',
    container: 'app',
    reconnectSeconds: 0,
  },
}
