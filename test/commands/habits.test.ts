import { describe, expect, it } from 'vitest'
import type { Context } from '../../cli/commands/context.ts'
import { findCommand } from '../../cli/commands/usage/find-command.ts'
import { HABITS } from '../../cli/commands/usage/habits.ts'
import { makeProgram } from '../../cli/program.ts'

const program = makeProgram({} as Context)

describe('the table of habits', () => {
  it('names no word that is a command by now', () => {
    const words = HABITS.flatMap(({ words }) => words)
    expect(words.filter((word) => findCommand(word, program))).toEqual([])
    expect(new Set(words).size).toBe(words.length)
  })

  it('advises commands that exist', () => {
    const commands = HABITS.map(({ command }) => command).filter((command) => !/^(--|$)/.test(command))
    expect(commands.filter((command) => !findCommand(command, program))).toEqual([])
  })
})
