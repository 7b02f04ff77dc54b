import { FargateLoginError } from '../../core/error.ts'
import type { JournalEntry } from '../../core/journal/journal-entry.ts'
import { entryAge } from '../../core/journal/left-behind.ts'
import { formatDuration } from '../../core/text/duration.ts'
import { adviceText, commandForSession, ownCommand } from '../../core/text/paste.ts'
import { askLine, canAsk } from '../../terminal/ask.ts'
import type { Context } from '../context.ts'

export interface ChooseInput {
  readonly command: 'stop' | 'attach'
  readonly target: string
  /** The sessions of the target. */
  readonly entries: readonly JournalEntry[]
  readonly now: Date
}

/**
 * Chooses the session that the user means by a TARGET. If there are several, a person at a terminal is asked.
 * @returns its ID
 * @throws FargateLoginError `session-unknown` if there is none; `usage` if there are several and nobody can be asked
 */
export async function chooseSession(
  { command, target, entries, now }: ChooseInput,
  { streams, cancel }: Context,
): Promise<string> {
  const [only, ...others] = entries
  if (only === undefined) throw noSession(command, target)
  if (others.length === 0) return only.session
  const lines = entries.map((entry) => `  ${entryText(entry, now)}`).join('\n')
  const fact = `Target ${target} has ${entries.length} live sessions.`
  if (canAsk(streams)) {
    const answer = await askLine(`${fact}\n${lines}\nWhich one? ID:`, streams, cancel)
    const chosen = entries.filter(({ session }) => answer !== '' && session.startsWith(answer))
    if (chosen.length === 1 && chosen[0]) return chosen[0].session
  }
  throw new FargateLoginError('usage', fact, {
    hint: `${lines}\nGive the ID of one:\n${commandForSession(command, only.session)}`,
  })
}

function entryText(entry: JournalEntry, now: Date): string {
  const age = formatDuration(entryAge(entry, now))
  return `${entry.session}  on cluster ${entry.cluster}, started ${age} ago${entry.detached ? ', detached' : ''}`
}

function noSession(command: ChooseInput['command'], target: string): FargateLoginError {
  const fact =
    command === 'stop'
      ? `No live session of target ${target} was started`
      : `No session of target ${target} was left running`
  return new FargateLoginError('session-unknown', `${fact} from this machine.`, {
    hint: adviceText({
      text: 'A session of another machine needs its ID. See what is running with:',
      command: ownCommand({}, 'list', target),
    }),
  })
}
