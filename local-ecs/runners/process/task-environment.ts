import { homedir } from 'node:os'
import { dirname } from 'node:path'
import type { ContainerRequest } from '../runner.ts'

/** The default PATH of container engines. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export interface TaskEnvironmentInput {
  readonly taskId: string
  /** The address that the task's sshd listens on. */
  readonly address: string
  readonly sshd: string
}

/** The task's environment, without the user's own: a session must not depend on a terminal's variables. */
export function taskEnvironment(
  { environment }: ContainerRequest,
  { taskId, address, sshd }: TaskEnvironmentInput,
): Readonly<Record<string, string>> {
  return {
    PATH: PATH.split(':').includes(dirname(sshd)) ? PATH : `${PATH}:${dirname(sshd)}`,
    HOME: homedir(),
    // Marks the task's processes, so that `killLeftovers` finds them.
    HOSTNAME: taskId,
    ...environment,
    FARGATE_LOGIN_LISTEN: address,
  }
}
