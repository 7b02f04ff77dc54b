import { hasCode, withHint } from '../../core/error.ts'
import { closest } from '../../core/text/closest.ts'
import { adviseExec } from './advise-exec.ts'
import { adviseLogin } from './advise-login.ts'
import { adviseRails } from './advise-rails.ts'
import { adviseRun } from './advise-run.ts'
import { commanderText } from './commander-text.ts'
import { type Line, type LineInput, operandsOf, readLine } from './line.ts'
import { Refusal } from './refusal.ts'
import { refuseRemoteText } from './remote-text.ts'

/**
 * Explains an error that is about the words of the command line.
 * @param error commander's refusal, or one of ours about a target, a shortcut or the remote command
 * @returns the error to show, with the line to paste if the habit behind the words is known
 */
export async function advise(error: unknown, input: LineInput): Promise<unknown> {
  const line = await readLine(input)
  const known = adviseOn(error, line)
  if (known) return known
  if (error instanceof Refusal) return commanderText(error, line)
  return withSuggestion(error, line)
}

function adviseOn(error: unknown, line: Line): Error | undefined {
  switch (line.command.name()) {
    case 'login':
      return adviseLogin(error, line)
    case 'exec':
    case 'plan':
      return adviseExec(error, line)
    case 'rails':
      return adviseRails(error, line)
    case 'run':
      return adviseRun(error, line)
    default:
      return hasRemote(error) ? refuseRemoteText(line) : undefined
  }
}

function hasRemote(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'remote-command-refused'
}

/** A target that is close to a known one is probably a slip. */
function withSuggestion(error: unknown, line: Line): unknown {
  if (!hasCode(error, 'target-unknown')) return error
  const unknown = operandsOf(line).find((word) => error.message.includes(`"${word}"`))
  const meant = unknown === undefined ? undefined : closest(unknown, line.names.targets)
  return meant === undefined ? error : withHint(error, `Did you mean ${meant}? ${error.hint ?? ''}`)
}
