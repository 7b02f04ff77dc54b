import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { railsCommand } from '../../../cli/core/plan/rails.ts'
import { shortcutCommand } from '../../../cli/core/plan/shortcut.ts'
import { quoteWords } from '../../../cli/core/text/quote.ts'

const word = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'))

/** What a real shell makes of a command line that prints its words. */
function readBack(shell: string, words: readonly string[]): readonly string[] {
  const script = `printf '%s\\0' ${quoteWords(words)}`
  return spawnSync(shell, ['-c', script], { encoding: 'utf8' }).stdout.split('\0').slice(0, -1)
}

describe('quoteWords', () => {
  it.each(['sh', 'bash'])('is read back by %s as exactly the same words', (shell) => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        expect(readBack(shell, words)).toEqual(words)
      }),
      { numRuns: 150 },
    )
  })

  it.each(['A=1', 'if', 'until'])('makes %s a command to look for, not syntax', (first) => {
    const { status, stderr } = spawnSync('bash', ['-c', quoteWords([first, 'true'])], { encoding: 'utf8' })
    expect(status).toBe(127)
    expect(stderr).toContain('command not found')
  })

  it('leaves plain words as they are', () => {
    expect(quoteWords(['ls', '-la', '/tmp/a.b', '--x=1', "it's", '', 'A=1'])).toBe(
      "ls -la /tmp/a.b --x=1 'it'\\''s' '' 'A=1'",
    )
  })
})

function withFunction(block: string): string {
  return shortcutCommand(block, ['--sandbox']).replace('bin/rails', 'bin_rails')
}

describe('shortcutCommand', () => {
  it('adds words safely to a command line, and to a list of words', () => {
    expect(shortcutCommand('bin/rake a | tee b', ['x y', '$(id)'])).toBe("bin/rake a | tee b 'x y' '$(id)'")
    expect(shortcutCommand(['rake', 'a b'], [';'])).toBe("rake 'a b' ';'")
  })

  it.each(['bin/rails console\n', '\n  bin/rails console  \n\n', 'bin/rails \\\n  console\n'])(
    'adds words to a YAML block: %j',
    (block) => {
      const run = spawnSync('sh', ['-c', `bin_rails() { printf '%s,' "$@"; }\n${withFunction(block)}`], {
        encoding: 'utf8',
      })
      expect(run.stdout).toBe('console,--sandbox,')
    },
  )

  it('keeps an escaped blank at the end', () => {
    expect(shortcutCommand('echo a\\  \n', [])).toBe('echo a\\ ')
    expect(shortcutCommand('echo a\\  \n', ['b'])).toBe('echo a\\  b')
  })

  it.each(['cd /app\nbin/rails console\n', 'bin/rails console # not for production', "echo 'a", 'a;', 'a |'])(
    'refuses words that would be lost: %j',
    (shortcut) => {
      expect(() => shortcutCommand(shortcut, ['--sandbox'])).toThrow(
        expect.objectContaining({ code: 'usage', exitCode: 2 }),
      )
      expect(shortcutCommand(shortcut, [])).toBe(shortcut.trim())
    },
  )
})

describe('railsCommand', () => {
  it('passes its words on, whatever is in them', () => {
    const line = railsCommand(['--sandbox', "it's"])
    const shown = spawnSync('sh', ['-c', line.replace('command -v', 'false; command -v')], {
      encoding: 'utf8',
    })
    expect(shown.status).toBe(127)
    expect(shown.stderr).toContain('no bin/rails, bundle or rails in')
    expect(line.endsWith(`rails --sandbox 'it'\\''s'`)).toBe(true)
  })
})
