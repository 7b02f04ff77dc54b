import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, environment, type Finished, runCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

/** What Linux and sshd take. */
const LONGEST = 131_050

describe('a command that is', () => {
  const directory = mkdtempSync(join(tmpdir(), 'fargate-login-words-'))
  let ecs: TestEcs
  beforeAll(async () => {
    ecs = await startEcs()
  })
  afterAll(async () => {
    await ecs?.[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true })
  })

  const run = (file: object, ...args: readonly string[]) => {
    writeFileSync(join(directory, 'fargate-login.yaml'), JSON.stringify(file))
    return runCli(['run', '-q', ...args], ecs.variables, '', directory)
  }

  /** Runs the CLI from a shell, which passes on bytes that no string of JavaScript holds. */
  async function shell(script: string): Promise<Finished> {
    const variables = { ...environment(ecs.variables), NODE: process.execPath, CLI }
    const child = spawn('sh', ['-c', script], { env: variables, stdio: ['ignore', 'pipe', 'pipe'] })
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ])
    return { status, stdout, stderr }
  }

  it('as long as the kernel takes runs, and a longer one is refused before RunTask', async () => {
    const ofLength = (bytes: number) => `echo here #${'x'.repeat(bytes)}`.slice(0, bytes)
    const longest = await run({ shortcuts: { long: ofLength(LONGEST) } }, 'long')
    expect(longest).toEqual({ status: 0, stdout: 'here\n', stderr: '' })
    const before = (await ecs.tasks()).length
    const longer = await run({ shortcuts: { long: ofLength(LONGEST + 1) } }, 'long')
    expect(longer.stderr).toMatch(/has 131051 bytes, quotes included; Linux takes 131050\. \[usage\]\n {2}\S/)
    expect(longer.status).toBe(2)
    expect(await ecs.tasks()).toHaveLength(before)
  })

  it('a shortcut of several lines is refused with more words before RunTask, and runs without', async () => {
    const file = { shortcuts: { console: 'echo one\necho two # not more\n' } }
    const before = (await ecs.tasks()).length
    const refused = await run(file, 'console', '--', '--sandbox')
    expect(refused.stderr).toMatch(/The shortcut has several lines, so the words after -- cannot be added/)
    expect(refused.status).toBe(2)
    expect(await ecs.tasks()).toHaveLength(before)
    expect(await run(file, 'console')).toMatchObject({ status: 0, stdout: 'one\ntwo\n' })
  })

  it('a shortcut in a YAML block gets the words after it', async () => {
    const file = { shortcuts: { block: 'echo a\n', words: ['echo', 30] } }
    expect(await run(file, 'block', '--', '--sandbox')).toMatchObject({ stdout: 'a --sandbox\n' })
    expect(await run(file, 'words', '--', '--sandbox')).toMatchObject({ stdout: '30 --sandbox\n' })
  })

  it.each([
    [
      'word',
      `"$NODE" "$CLI" exec -- printf %s "$(printf 'caf\\351')"`,
      /An argument is not UTF-8: caf\uFFFD/,
    ],
    [
      'value of -e',
      `"$NODE" "$CLI" exec -e "A=$(printf 's\\351')" -- env`,
      /An argument is not UTF-8: A=… \[usage\]/,
    ],
    [
      'variable of a bare -e',
      `A="$(printf 's\\351')"; export A; "$NODE" "$CLI" exec -e A -- env`,
      /The value of a variable is not UTF-8: A=… \[usage\]/,
    ],
  ])('not UTF-8 is refused before RunTask: a %s', async (_name, script, words) => {
    const before = (await ecs.tasks()).length
    const { status, stderr } = await shell(script)
    expect(stderr).toMatch(words)
    expect(status).toBe(2)
    expect(await ecs.tasks()).toHaveLength(before)
  })

  it.runIf(process.platform === 'linux')('the replacement character itself arrives', async () => {
    const script = `A="$(printf '\\357\\277\\275')"; export A; "$NODE" "$CLI" exec -q -e A -- printf '%s ' "$A" .`
    expect(await shell(script)).toEqual({ status: 0, stdout: '\uFFFD . ', stderr: '' })
  })

  it('given a variable with an odd name is refused', async () => {
    for (const name of ['a b', 'a\tb', '\x01', '']) {
      const { status, stderr } = await runCli(['exec', '-e', `${name}=x`, '--', 'env'], ecs.variables)
      expect(stderr).toMatch(/^fargate-login: --env: expected NAME=VALUE/)
      expect(status).toBe(2)
    }
  })
})
