import { railsCommand } from '../../core/plan/rails.ts'
import type { Context } from '../context.ts'
import { openSession, type SessionInput } from './open-session.ts'

type RailsInput = Pick<SessionInput, 'target' | 'flags'>

export async function openRailsConsole(input: RailsInput, context: Context): Promise<void> {
  const command = railsCommand(context.remoteArgv ?? [])
  await openSession({ ...input, use: 'console', command: () => command }, context)
}
