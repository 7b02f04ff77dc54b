import { hasCode } from '../../../core/error.ts'
import type { Ports } from '../../ports/ports.ts'
import type { ActivityInput } from '../activity.ts'
import { reconnect } from '../reconnect.ts'
import { RemoteShell } from './remote-shell.ts'

/** Runs a step, and runs it again after a lost connection is reopened. A step continues where it was. */
export type Again = <T>(step: (shell: RemoteShell, attempt: number) => Promise<T>) => Promise<T>

/** @throws FargateLoginError `connection-lost` if the time to reconnect is up, or the task's end */
export function makeAgain(input: ActivityInput, ports: Pick<Ports, 'reporter' | 'clock'>): Again {
  const { link, environment, task } = input
  return async (step) => {
    for (let attempt = 0; ; attempt++) {
      const shell = new RemoteShell({ connection: link.connection, environment, signal: task.signal })
      try {
        return await step(shell, attempt)
      } catch (error) {
        if (!hasCode(error, 'connection-lost')) throw error
        await reconnect(error, { ...input, again: 'copy' }, ports)
      }
    }
  }
}
