import type { Command } from 'commander'

/** The command with this name or alias. */
export function findCommand(word: string | undefined, program: Command): Command | undefined {
  if (word === undefined) return undefined
  return program.commands.find((command) => command.name() === word || command.aliases().includes(word))
}
