import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JournalEntry } from '../../cli/core/journal/journal-entry.ts'

/** A state directory that several CLI processes share, as those of one machine do. */
export interface TestState extends Disposable {
  readonly home: string
  readonly variables: { readonly XDG_STATE_HOME: string }
  readonly directory: string
  entries(): readonly JournalEntry[]
  write(name: string, content: unknown): void
}

export function makeState(): TestState {
  const home = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
  const directory = join(home, 'fargate-login', 'sessions')
  return {
    home,
    variables: { XDG_STATE_HOME: home },
    directory,
    entries: () =>
      names(directory)
        .filter((name) => name.endsWith('.json'))
        .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8'))),
    write(name, content) {
      mkdirSync(directory, { recursive: true, mode: 0o700 })
      const text = typeof content === 'string' ? content : JSON.stringify(content)
      writeFileSync(join(directory, name), text, { mode: 0o600 })
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  }
}

function names(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
