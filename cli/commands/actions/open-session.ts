import type { RawFlags } from '../../config/read-flags.ts'
import { checkCommand } from '../../config/rules.ts'
import type { Config } from '../../core/config/config.ts'
import type { Activity } from '../../core/plan/activity.ts'
import { wantsPty } from '../../core/plan/pty.ts'
import { quoteWords } from '../../core/text/quote.ts'
import { onTerminal } from '../../terminal/terminal.ts'
import type { Context } from '../context.ts'
import { openActivity } from './open-activity.ts'

export interface SessionInput {
  readonly target: string | undefined
  readonly flags: RawFlags
  /** Whether it is for a person (shell, console), and so gets a PTY on a terminal. */
  readonly interactive: boolean
  /** The remote command line, or its words; `undefined` opens a shell. */
  readonly command: (requested: Config) => string | readonly string[] | undefined
}

/** Runs a program in the task: a shell, a console or a command. */
export async function openSession(input: SessionInput, context: Context): Promise<void> {
  const { target, flags, interactive } = input
  const activity = (requested: Config): Activity => {
    const command = commandLine(input.command(requested))
    if (command !== undefined) checkCommand(command)
    const { detach, pty: policy } = requested
    const pty = detach || wantsPty({ policy, onTerminal: onTerminal(context.streams), interactive })
    const program = command === undefined ? { pty } : { command, pty }
    return { kind: detach ? 'detach' : 'attend', program }
  }
  await openActivity({ target, flags, activity }, context)
}

function commandLine(command: string | readonly string[] | undefined): string | undefined {
  return command === undefined || typeof command === 'string' ? command : quoteWords(command)
}
