import { startAnswerLimit } from '../../time-limit.ts'
import type { ActivityInput } from '../activity.ts'
import { RemoteShell } from './shell/remote-shell.ts'

const LIMIT_SECONDS = 3

/** Runs a script in the task, even after a cancel. It never fails: the task may have gone. */
export async function cleanUp(script: string, { link, environment }: ActivityInput): Promise<void> {
  const { connection } = link
  if (connection.lost.aborted) return
  using limit = startAnswerLimit('cp', LIMIT_SECONDS)
  await new RemoteShell({ connection, environment, signal: limit.signal }).ask(script).catch(() => {})
}
