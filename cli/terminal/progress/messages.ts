import type { Reporter } from '../../session/ports/reporter.ts'
import { printableLine } from '../printable.ts'
import type { ReporterOptions } from '../reporter.ts'

/** The messages that look the same however progress is shown. */
export type Messages = Pick<Reporter, 'note' | 'problem' | 'warn'>

/** Writes a message on a line, and each command to paste on a line of its own below. */
export function makeMessages({ stream, colours, glyphs }: ReporterOptions): Messages {
  const write = (mark: string, text: string, commands: readonly string[]) => {
    const lines = commands.map((command) => `  ${glyphs.fit(printableLine(command))}\n`)
    stream.write(`fargate-login: ${mark}${glyphs.fit(printableLine(text))}\n${lines.join('')}`)
  }
  return {
    problem: (text) => write('', text, []),
    note: (text, ...commands) => write('', text, commands),
    warn: (text, ...commands) => write(`${colours.yellow('warning:')} `, text, commands),
  }
}
