import { FargateLoginError } from '../../core/error.ts'
import { isShellLine } from '../../core/text/shell-line.ts'
import { type Line, pasteLine } from './line.ts'

/** The command takes no remote command. */
export function refuseRemoteText(line: Line): FargateLoginError {
  const { command, implied, words, remoteArgv } = line
  const login = command.name() === 'login'
  const remote = remoteArgv?.length ? remoteArgv : ['CMD']
  const exec = login ? pasteLine('exec', words, line, remote) : 'fargate-login exec [TARGET] -- CMD [ARG...]'
  return new FargateLoginError('usage', `${implied ? 'A login' : command.name()} takes no command.`, {
    hint: `Run one with:\n${exec}`,
  })
}

/** A single word that reads like a line of a shell is for a shell. */
function asProgram(command: readonly string[]): readonly string[] {
  return isShellLine(command) ? ['sh', '-c', ...command] : command
}

/** The line that runs `word`, an operand that turned out to be no name of ours. */
export function execText(line: Line, word: string): string {
  const { words, remoteArgv } = line
  const start = words.findIndex(({ kind, text }) => kind === 'operand' && text === word)
  // Options alone, and a target, are ours. Among other words they are the command's.
  const others = words.filter(({ kind }, index) => index !== start && kind !== 'option' && kind !== 'value')
  const [other, ...more] = others
  const isTarget = other?.kind === 'operand' && line.names.targets.includes(other.text)
  const isAlone = other === undefined || (isTarget && more.length === 0)
  if (!isAlone || remoteArgv !== undefined) return dashesText(line, start, 'exec').hint ?? ''
  return pasteLine('exec', words.toSpliced(start, 1), line, asProgram([word]))
}

/** The error for a command without the two dashes before it, and the line that has them. */
export function dashesText(line: Line, start: number, name = line.command.name()): FargateLoginError {
  const { words, remoteArgv } = line
  const command = words.slice(start).map(({ text }) => text)
  const remote = remoteArgv === undefined ? asProgram(command) : [...command, '--', ...remoteArgv]
  return new FargateLoginError('usage', 'The command goes after two dashes.', {
    hint: pasteLine(name, words.slice(0, start), line, remote),
  })
}
