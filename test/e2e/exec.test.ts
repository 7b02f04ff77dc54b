import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, runCli, startCli } from '../helpers/cli.ts'
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

  it('keeps names that no shell could set', async () => {
    const { stdout } = await exec(['env'], '', [
      '-e',
      'a.b=c',
      '-e',
      'x-y=z',
      '-e',
      '__proto__=p',
      '-e',
      'constructor=q',
    ])
    for (const line of ['a.b=c', 'x-y=z', '__proto__=p', 'constructor=q'])
      expect(stdout.split('\n')).toContain(line)
  })

  it('writes nothing of its own to a stderr that is no terminal, except with -v', async () => {
    expect((await exec(['true'])).stderr).toBe('')
    const { stderr } = await exec(['true'], '', ['-v'])
    const sentences = [...stderr.matchAll(/^fargate-login: \[[\d.]+ s\] (\w+)/gm)].map(([, first]) => first)
    expect([...new Set(sentences)]).toEqual([
      ...['Reading', 'Planned', 'Starting', 'The', 'Waiting', 'Connected', 'Stopping', 'Stopped'],
    ])
    expect(stderr).not.toContain('\x1b')
    expect(stderr).toMatch(/The task of session \w{12} is [0-9a-f]{32}\./)
    expect(stderr).toMatch(
      /Stopped session \w{12} after [\d.]+ s, about \$0\.0\d+ \(Fargate bills at least one minute\)/,
    )
  })

  it('adds variables to the environment of the task', async () => {
    const value = `a "b" 'c' $d\n second line `
    const { stdout } = await exec(['printenv', 'GREETING'], '', ['-e', `GREETING=${value}`])
    expect(stdout).toBe(`${value}\n`)
  })

  it.each([
    ['ls -la | wc -l', "sh -c 'ls -la | wc -l'"],
    ['echo $HOME', "sh -c 'echo $HOME'"],
  ])('says what to do when %j is no program', async (line, advice) => {
    const { stderr, status } = await exec([line])
    expect(stderr).toContain(`One quoted word is the name of one program. For a line of the shell, put sh -c`)
    expect(stderr).toContain(`in front of it:\n  -- ${advice}\n`)
    expect(status).toBe(127)
  })

  it('says nothing about a shell when the words are several, or the status is of the program', async () => {
    expect((await exec(['no such', 'program'])).stderr).not.toContain('sh -c')
    expect((await exec(['sh', '-c', 'exit 127'])).stderr).not.toContain('quoted word')
  })

  it('takes -i and -it as docker and kubectl do', async () => {
    expect(await exec(['cat'], 'through', ['-i'])).toMatchObject({ stdout: 'through', status: 0 })
    expect((await exec(['sh', '-c', 'test -t 1'], '', ['-it'])).status).toBe(0)
    expect((await exec(['sh', '-c', 'test -t 1'], '', ['-ti'])).status).toBe(0)
  })

  it('keeps its own variables out of the session', async () => {
    const { stdout } = await exec(['env'])
    expect(stdout).not.toMatch(/FARGATE_LOGIN|PRIVATE KEY/)
  })

  it('works with RSA keys on both sides', async () => {
    expect((await exec(['echo', 'rsa'], '', ['--key-type', 'rsa'])).stdout).toBe('rsa\n')
  })

  it('tags what it runs, and leaves no task behind', async () => {
    const { child, printed, finished } = startCli(['exec', '--', 'cat'], ecs.variables)
    child.stdin.write('here\n')
    await printed(/here/)
    const running = (await ecs.tasks()).filter(({ desiredStatus }) => desiredStatus === 'RUNNING')
    child.stdin.end()
    await finished
    expect(running).toHaveLength(1)
    const tags = Object.fromEntries(running[0]?.tags?.map(({ key, value }) => [key, value]) ?? [])
    expect(tags).toMatchObject({
      'fargate-login:owner': expect.stringMatching(/^arn:aws:/),
      'fargate-login:key': expect.stringMatching(/^SHA256:/),
    })
    expect(running[0]?.startedBy).toBe(`fargate-login/${tags['fargate-login:session']}`)
    const tasks = await ecs.tasks()
    expect(tasks.every(({ desiredStatus }) => desiredStatus === 'STOPPED')).toBe(true)
  })
})

describe('a stream that breaks', () => {
  /** With an ECS of its own: this process is blocked meanwhile. */
  function execSync(
    stdio: readonly ['ignore' | number, 'pipe' | number, 'pipe'],
    ...words: readonly string[]
  ) {
    const args = [CLI, 'exec', '--local', '-q', '--', ...words]
    return spawnSync(process.execPath, args, { stdio: [...stdio], encoding: 'utf8' })
  }

  it('fails when the disk is full, though the command went well', async () => {
    const full = await open('/dev/full', 'w')
    const { status, stderr } = execSync(['ignore', full.fd, 'pipe'], 'echo', 'lost')
    await full.close()
    expect(stderr).toMatch(/stdout cannot be written: ENOSPC.*\[stream-failed\]\n.*a full disk/)
    expect(status).toBe(255)
  })

  it('fails when stdin cannot be read, rather than take that for its end', async () => {
    const directory = await open('/', 'r')
    const { status, stderr } = execSync([directory.fd, 'pipe', 'pipe'], 'wc', '-c')
    await directory.close()
    expect(stderr).toMatch(/stdin cannot be read: EISDIR.*\[stream-failed\]\n.*Redirect stdin/)
    expect(stderr).not.toContain('disk')
    expect(status).toBe(255)
  })
})

describe('--local', () => {
  it('brings its own ECS and takes it down', async () => {
    const { status, stdout } = await runCli(['exec', '--local', '--', 'sh', '-c', 'echo here; exit 3'])
    expect(stdout).toBe('here\n')
    expect(status).toBe(3)
  })
})
