import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { obstacleAtEnd } from '../../../cli/core/text/command-end.ts'

/** Some of the commands write to a file. */
const directory = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
afterAll(() => rmSync(directory, { recursive: true }))

/** Whether a real shell takes a word after the command for the last argument of `show`. */
function takesWord(command: string): boolean {
  const script = `show() { for last; do :; done; printf %s "$last"; }\n${command} 'the word'`
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8', cwd: directory })
  return stdout === 'the word' && stderr === ''
}

describe('the end of a command line', () => {
  it.each([
    'show a',
    `show a#b "#" '# x' $\{x#y} $#`,
    'show a | show',
    'cd / && A=1 show',
    'show "it\'s" \'a "b"\' a\\ b',
    'show $(echo ")" "$(echo x)") `echo y`',
    "show {} '}' fi done",
    'show x >&1',
    'if true; then :; fi; show',
    'show \\;',
    'show 2>&1',
    'show a \\\n  b',
  ])('lets words be added: %s', (command) => {
    expect(obstacleAtEnd(command)).toBeUndefined()
    expect(takesWord(command)).toBe(true)
  })

  it.each([
    ['show a # why', 'ends with a comment'],
    ['show a;# why', 'ends with a comment'],
    ["show 'a", 'ends inside a quote'],
    ['show "a $(b "c")', 'ends inside a quote'],
    ['show $(a', 'ends inside a quote'],
    ['show `a', 'ends inside a quote'],
    ['show a \\', 'ends with a backslash'],
    ['show a;', 'ends with an operator'],
    ['show a &', 'ends with an operator'],
    ['show a &&', 'ends with an operator'],
    ['show a |', 'ends with an operator'],
    ['show a >', 'ends with an operator'],
    ['(cd /; show a)', 'ends with a compound command'],
    ['{ show a; }', 'ends with a compound command'],
    ['if true; then show a; fi', 'ends with a compound command'],
    ['for a in b; do show $a; done', 'ends with a compound command'],
    ['case a in a) show b;; esac', 'ends with a compound command'],
  ] as const)('does not: %s', (command, obstacle) => {
    expect(obstacleAtEnd(command)).toBe(obstacle)
    expect(takesWord(command)).toBe(false)
  })

  it('does not, whatever the last of several lines is', () => {
    expect(obstacleAtEnd('show a\nshow b')).toBe('has several lines')
  })
})
