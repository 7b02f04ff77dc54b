import type { RawFlags } from '../../config/read-flags.ts'
import { checkCommand } from '../../config/rules.ts'
import type { Config } from '../../core/config/config.ts'
import type { Activity } from '../../core/plan/activity.ts'
import { type ProgramUse, wantsPty } from '../../core/plan/pty.ts'
import { quoteWords } from '../../core/text/quote.ts'
import { shellLineAdvice } from '../../core/text/shell-line.ts'
import type { StandardStreams } from '../../terminal/terminal.ts'
import type { Context } from '../context.ts'
import { openActivity } from './open-activity.ts'

export interface SessionInput {
  readonly target: string | undefined
  readonly flags: RawFlags
  readonly use: ProgramUse
  /** The remote command line, or its words; `undefined` opens a shell. */
  readonly command: (requested: Config) => string | readonly string[] | undefined
}

/** Runs a program in the task: a shell, a console or a command. */
export async function openSession(input: SessionInput, context: Context): Promise<void> {
  const { target, flags, use } = input
  const activity = (requested: Config): Activity => {
    const command = commandLine(input.command(requested))
    if (command !== undefined) checkCommand(command)
    const program = {
      ...(command !== undefined && { command }),
      pty: requested.detach || isPtyWanted(requested, input, context.streams),
      ...(!requested.stdin && { withoutStdin: true as const }),
    }
    return { kind: requested.detach ? 'detach' : 'attend', program }
  }
  const advice = (status: number) =>
    use === 'command' ? shellLineAdvice(context.remoteArgv ?? [], status) : undefined
  await openActivity({ target, flags, activity, advice }, context)
}

function isPtyWanted(
  { pty: policy, stdin: isRead }: Config,
  { use }: SessionInput,
  streams: StandardStreams,
): boolean {
  const fromTerminal = isRead && streams.stdin.isTTY === true
  return wantsPty({ policy, use, fromTerminal, toTerminal: streams.stdout.isTTY === true })
}

function commandLine(command: string | readonly string[] | undefined): string | undefined {
  return command === undefined || typeof command === 'string' ? command : quoteWords(command)
}
