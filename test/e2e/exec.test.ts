import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli, startCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

let ecs: TestEcs

beforeAll(async () => {
  ecs = await startEcs()
})
afterAll(() => ecs[Symbol.asyncDispose]())

function exec(words: readonly string[], input: string | Buffer = '', options: readonly string[] = []) {
  return runCli(['exec', ...options, '--', ...words], ecs.variables, input)
}

describe('exec', () => {
  it.each([0, 1, 4, 5, 44, 255])('ends with the remote status %d', async (status) => {
    expect((await exec(['sh', '-c', `exit ${status}`])).status).toBe(status)
  })

  it('ends with 128+N when a signal ended the command', async () => {
    expect((await exec(['sh', '-c', 'kill -TERM $$'])).status).toBe(143)
  })

  it('passes its words on as they are, and only remote bytes to stdout', async () => {
    const words = ['a  b', '$HOME', "it's", '*', '', 'new\nline', '--', '-x']
    const { stdout, status } = await exec(['printf', '[%s]', ...words])
    expect(stdout).toBe(words.map((word) => `[${word}]`).join(''))
    expect(status).toBe(0)
  })

  it('carries binary data both ways, and the end of stdin', async () => {
    const bytes = randomBytes(3 << 20)
    const { stdout } = await exec(['sha256sum'], bytes)
    expect(stdout).toBe(`${createHash('sha256').update(bytes).digest('hex')}  -\n`)
  })

  it('keeps stdout and stderr apart', async () => {
    const { stdout, stderr } = await exec(['sh', '-c', 'echo out; echo err >&2'], '', ['-q'])
    expect(stdout).toBe('out\n')
    expect(stderr).toBe('err\n')
  })

  it('ends as a pipeline does when nobody reads its output', async () => {
    const { child, finished } = startCli(['exec', '-q', '--', 'sh', '-c', 'yes; exit 44'], ecs.variables)
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const { status, stderr } = await finished
    expect(status).toBe(44)
    expect(stderr).toBe('')
  })

  it('says each step in a line of its own without a terminal, and nothing with -q', async () => {
    const { stderr } = await exec(['true'])
    const steps = stderr.split('\n').map((line) => /^fargate-login: (\w+): .* \([\d.]+ s\)$/.exec(line)?.[1])
    expect([...new Set(steps)]).toEqual(['plan', 'task', 'address', 'connection', 'stop', undefined])
    expect(stderr).not.toContain('\x1b')
    expect(stderr).toMatch(/stop: [0-9a-f]+ after [\d.]+ s, about \$0\.0/)
    expect((await exec(['true'], '', ['-q'])).stderr).toBe('')
  })

  it('adds variables to the environment of the task', async () => {
    const value = `a "b" 'c' $d\n second line `
    const { stdout } = await exec(['printenv', 'GREETING'], '', ['-e', `GREETING=${value}`])
    expect(stdout).toBe(`${value}\n`)
  })

  it('keeps its own variables out of the session', async () => {
    const { stdout } = await exec(['env'])
    expect(stdout).not.toMatch(/FARGATE_LOGIN|PRIVATE KEY/)
  })

  it('works with RSA keys on both sides', async () => {
    expect((await exec(['echo', 'rsa'], '', ['--key-type', 'rsa'])).stdout).toBe('rsa\n')
  })

  it('leaves no task behind, and tags what it ran', async () => {
    await exec(['true'])
    const tasks = await ecs.tasks()
    expect(tasks.every(({ desiredStatus }) => desiredStatus === 'STOPPED')).toBe(true)
    const tags = Object.fromEntries(tasks[0]?.tags?.map(({ key, value }) => [key, value]) ?? [])
    expect(tags).toMatchObject({
      'fargate-login:owner': expect.stringMatching(/^arn:aws:/),
      'fargate-login:key': expect.stringMatching(/^SHA256:/),
    })
    expect(tasks[0]?.startedBy).toBe(`fargate-login/${tags['fargate-login:session']}`)
  })
})

describe('--local', () => {
  it('brings its own ECS and takes it down', async () => {
    const { status, stdout } = await runCli(['exec', '--local', '--', 'sh', '-c', 'echo here; exit 3'])
    expect(stdout).toBe('here\n')
    expect(status).toBe(3)
  })
})
