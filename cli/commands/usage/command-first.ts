import type { Command } from 'commander'
import { declareFlags } from '../../config/flags.ts'
import { findCommand } from './find-command.ts'
import { sortWords } from './sort-words.ts'

/**
 * Moves the command in front of its options: `-q list` becomes `list -q`, as aws, kubectl and docker allow.
 * @param words up to the first `--`
 */
export function commandFirst(words: readonly string[], program: Command): readonly string[] {
  const at = words[0]?.startsWith('-') ? findWord(words, program) : -1
  const command = words[at]
  if (command === 'help') return words.slice(at)
  return command === undefined ? words : [command, ...words.slice(0, at), ...words.slice(at + 1)]
}

/** @returns the index of the word that names a command, or -1 */
function findWord(words: readonly string[], program: Command): number {
  // Options cost time to declare, so they are not declared for a line that names no command.
  if (!words.some((word) => isCommand(word, program))) return -1
  for (const command of program.commands) declareFlags(command)
  const sorted = sortWords(
    words,
    program.commands.flatMap(({ options }) => options),
  )
  // An unknown option may have a value, which may not be the command.
  const unknown = sorted.findIndex(({ kind }) => kind === 'unknown')
  const first = sorted.findIndex(({ kind }) => kind === 'operand')
  if (unknown < 0 || unknown > first) return isCommand(words[first], program) ? first : -1
  if (program.options.some(({ short, long }) => [short, long].includes(words[unknown]))) return -1
  return sorted.findIndex(({ kind, text }) => kind === 'operand' && isCommand(text, program))
}

/** `help` is commander's own. */
function isCommand(word: string | undefined, program: Command): boolean {
  return word === 'help' || findCommand(word, program) !== undefined
}
