import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

let ecs: TestEcs

beforeAll(async () => {
  ecs = await startEcs()
})
afterAll(() => ecs[Symbol.asyncDispose]())

const run = (...words: readonly string[]) => runCli(words, ecs.variables)

/** The plan for these words. */
async function plan(...words: readonly string[]) {
  const { stdout, stderr, status } = await run(...words)
  expect({ stderr, status }).toMatchObject({ status: 0 })
  return JSON.parse(stdout)
}

describe('options before the command', () => {
  it.each([
    [['--cluster', 'default', 'list', '--json']],
    [['--cluster=default', 'ps', '--json']],
    [['--json', 'ls']],
  ])('%j lists', async (words) => {
    expect(await run(...words)).toMatchObject({ stdout: '[]\n', status: 0 })
  })

  it.each([
    [['-q', 'exec', '--', 'echo', 'ok']],
    [['--local', '-q', 'exec', '--', 'echo', 'ok']],
    [['-qe', 'A=1', 'exec', '-i', '--', 'echo', 'ok']],
    [['-v', 'exec', '--', 'echo', 'ok']],
  ])('%j runs', async (words) => {
    expect(await run(...words)).toMatchObject({ stdout: 'ok\n', status: 0 })
  })

  it('may stand on both sides, and the later one wins', async () => {
    const words = [
      '--timeout',
      '7',
      '--dry-run',
      '-e',
      'A=1',
      'exec',
      '--timeout',
      '9',
      '--json',
      '-e',
      'B=2',
    ]
    const { timeoutSeconds, runTask } = await plan(...words, '--', 'true')
    expect(timeoutSeconds).toBe(9)
    const { environment } = runTask.overrides.containerOverrides[0]
    const names = environment.map(({ name }: { readonly name: string }) => name)
    expect(names).toEqual(expect.arrayContaining(['A', 'B']))
  })

  it('leave the words after two dashes alone', async () => {
    const { activity } = await plan('--dry-run', '--json', 'exec', '--', '--cluster', 'x', 'list', '-q')
    expect(activity.program.command).toBe('--cluster x list -q')
  })

  it('do not mistake a value for the command', async () => {
    const { reach } = await plan('--user', 'list', '--dry-run', '--json')
    expect(reach.user).toBe('list')
  })
})
