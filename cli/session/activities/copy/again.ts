import { hasCode } from '../../../core/error.ts'
import type { Ports } from '../../ports/ports.ts'
import type { ActivityInput } from '../activity.ts'
import { reconnect } from '../reconnect.ts'
import { RemoteShell } from './shell/remote-shell.ts'

/**
 * Runs a step, and runs it again after a lost connection is reopened. A step continues where it was.
 * @typeParam Far what the step works with, on the connection of the attempt
 */
export type AgainWith<Far> = <T>(step: (far: Far, attempt: number) => Promise<T>) => Promise<T>

export type Again = AgainWith<RemoteShell>

/** @throws FargateLoginError `connection-lost` if the time to reconnect is up, or the task's end */
export function makeAgain(input: ActivityInput, ports: Pick<Ports, 'reporter' | 'clock'>): Again {
  const { link, environment, task } = input
  const shell = async () => new RemoteShell({ connection: link.connection, environment, signal: task.signal })
  return makeAgainWith(shell, input, ports)
}

/** @param open runs for each attempt */
export function makeAgainWith<Far>(
  open: () => Promise<Far>,
  input: ActivityInput,
  ports: Pick<Ports, 'reporter' | 'clock'>,
): AgainWith<Far> {
  return async (step) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await step(await open(), attempt)
      } catch (error) {
        if (!hasCode(error, 'connection-lost')) throw error
        await reconnect(error, { ...input, again: 'copy' }, ports)
      }
    }
  }
}
