import type { Command } from 'commander'
import { declareFlags } from '../../config/flags.ts'
import { type Names, readNames } from '../../config/read-names.ts'
import { quoteWord } from '../../core/text/quote.ts'
import type { ProcessContext } from '../context.ts'
import { findCommand } from './find-command.ts'
import { sortWords, type Word } from './sort-words.ts'

/** A command line that fargate-login could not carry out. */
export interface Line {
  readonly program: Command
  readonly command: Command
  /** Nobody typed `login`. */
  readonly implied: boolean
  /** The words up to the first `--`, without the command. */
  readonly words: readonly Word[]
  /** The words after the first `--`; `undefined` if there was no `--`. */
  readonly remoteArgv: readonly string[] | undefined
  readonly names: Names
}

export interface LineInput extends Pick<ProcessContext, 'environment' | 'directory'> {
  readonly program: Command
  /** The command first, if one was typed. */
  readonly words: readonly string[]
  readonly remoteArgv: readonly string[] | undefined
}

export async function readLine(input: LineInput): Promise<Line> {
  const { program, words, remoteArgv } = input
  const [first, ...others] = words
  const typed = findCommand(first, program)
  const command = typed ?? findCommand('login', program)
  if (!command) throw new Error('login is the default command')
  declareFlags(command)
  const names = await readNames({ ...input, config: command.opts().config })
  const sorted = sortWords(typed || first === 'help' ? others : words, command.options)
  return { program, command, implied: !typed, words: sorted, remoteArgv, names }
}

export function operandsOf({ words }: Pick<Line, 'words'>): readonly string[] {
  return words.flatMap(({ kind, text }) => (kind === 'operand' ? [text] : []))
}

/** The words without their operands number `indexes`. */
export function withoutOperands(
  { words }: Pick<Line, 'words'>,
  ...indexes: readonly number[]
): readonly Word[] {
  let count = 0
  return words.filter(({ kind }) => kind !== 'operand' || !indexes.includes(count++))
}

/**
 * A command to paste, with those of the words that it takes.
 * @param name of the command; '' for a login
 * @param remote what follows two dashes
 */
export function pasteLine(
  name: string,
  words: readonly Word[],
  { program }: Pick<Line, 'program'>,
  remote: readonly string[] = [],
): string {
  const command = findCommand(name || 'login', program)
  if (command) declareFlags(command)
  const options = command?.options ?? []
  const shown: string[] = []
  let keepsValue = false
  for (const { kind, text } of words) {
    const option = kind === 'option' && sortWords([text], options)[0]?.kind === 'option'
    if (kind === 'operand' || option || (kind === 'value' && keepsValue)) {
      shown.push(hideValue(text, kind === 'value' && isEnv(shown.at(-1) ?? '')))
    }
    if (kind !== 'value') keepsValue = option
  }
  const own = ['fargate-login', ...(name ? [name] : []), ...shown].join(' ')
  return remote.length === 0 ? own : `${own} -- ${remote.map(quoteWord).join(' ')}`
}

/** The value of a variable may be secret. `A=…` is for a reader, who fills it in. */
function hideValue(text: string, isVariable: boolean): string {
  const at = isVariable ? /^[^=]+=/.exec(text) : /^(--env=|-e)[^=]+=/.exec(text)
  return at ? `${at[0]}…` : quoteWord(text)
}

function isEnv(option: string): boolean {
  return /^(--env|-[a-zA-Z]*e)$/.test(option)
}
