import { homedir } from 'node:os'
import { dirname } from 'node:path'
import type { ContainerRequest } from '../runner.ts'

/** What an engine gives a container whose image says nothing else. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export interface TaskEnvironmentInput {
  readonly taskId: string
  /** Where the task's sshd listens. */
  readonly address: string
  readonly sshd: string
}

/** The task's environment and nothing of the user's: what works here must not rest on what is set in a terminal. */
export function taskEnvironment(
  { environment }: ContainerRequest,
  { taskId, address, sshd }: TaskEnvironmentInput,
): Readonly<Record<string, string>> {
  return {
    PATH: PATH.split(':').includes(dirname(sshd)) ? PATH : `${PATH}:${dirname(sshd)}`,
    HOME: homedir(),
    // By this the task's processes are known apart from all others on the machine.
    HOSTNAME: taskId,
    ...environment,
    FARGATE_LOGIN_LISTEN: address,
  }
}
