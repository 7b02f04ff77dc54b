import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli, startCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

let ecs: TestEcs
let directory: string

beforeAll(async () => {
  ecs = await startEcs()
  directory = await mkdtemp(join(tmpdir(), 'fargate-login-'))
  await writeFile(
    join(directory, 'fargate-login.yaml'),
    `
targets:
  loud: { env: { VOICE: loud and clear } }
shortcuts:
  say: 'echo "$VOICE"; echo'
  words: [printf, '<%s>', 'a b']
`,
  )
})
afterAll(async () => {
  await rm(directory, { recursive: true })
  await ecs[Symbol.asyncDispose]()
})

describe('run', () => {
  it('runs a command line through the shell, with words added safely', async () => {
    const args = ['run', 'say', 'loud', '-q', '--', '$(id)', "it's"]
    const { stdout, status } = await runCli(args, ecs.variables, '', directory)
    expect(stdout).toBe("loud and clear\n$(id) it's\n")
    expect(status).toBe(0)
  })

  it('runs a list of words as it is', async () => {
    const { stdout } = await runCli(['run', 'words', '-q', '--', '*'], ecs.variables, '', directory)
    expect(stdout).toBe('<a b><*>')
  })
})

describe('plan', () => {
  it('prints the plan, secrets masked, and changes nothing', async () => {
    const before = (await ecs.tasks()).length
    const { stdout, status } = await runCli(['plan', '-e', 'TOKEN=hunter2'], ecs.variables)
    expect(status).toBe(0)
    const [, price] = stdout.split('\n')
    expect(price).toBe('Price      0.25 vCPU $0.0101 + 0.5 GB $0.0022 + public IPv4 $0.005 = $0.017 an')
    expect(stdout).toMatch(/^Variables +TOKEN; 8 of fargate-login$/m)
    expect(stdout.split('\n').length).toBeLessThanOrEqual(24)
    const verbose = await runCli(['plan', '-v', '-e', 'TOKEN=hunter2'], ecs.variables)
    const [, request = ''] = verbose.stdout.split('\nRunTask request:\n')
    expect(JSON.parse(request)).toMatchObject({ count: 1, launchType: 'FARGATE' })
    expect(`${stdout}${verbose.stdout}`).not.toMatch(/hunter2|PRIVATE KEY/)
    expect(await ecs.tasks()).toHaveLength(before)
  })

  it('is JSON on demand, whose request is the one that runs', async () => {
    const { stdout } = await runCli(['exec', '--dry-run', '--json', '--', 'ls', 'a b'], ecs.variables)
    expect(JSON.parse(stdout)).toMatchObject({
      reach: {
        container: 'fargate-login',
        route: { network: 'awsvpc', family: 'auto', publicIpExpected: true },
      },
      activity: { kind: 'attend', program: { command: "ls 'a b'", pty: false } },
      runTask: { cluster: 'default', count: 1, launchType: 'FARGATE' },
      centsPerHour: expect.closeTo(1.734),
    })
  })

  it('of a program that is left running says that it runs on a terminal', async () => {
    const words = ['exec', '--detach', '--dry-run', '--', 'rake']
    const { stdout, status } = await runCli(words, ecs.variables)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Runs +rake, with a PTY$/m)
    expect(stdout).toMatch(/^End +the program goes on, and attach returns to it$/m)
  })
})

describe('local', () => {
  it('serves another process until it is told to end', async () => {
    const server = startCli(['local', '--runner', 'process'])
    const lines = await server.printed(/FARGATE_LOGIN_SECURITY_GROUPS=.*\n/)
    const variables = Object.fromEntries(
      lines
        .trim()
        .split('\n')
        .map((line) => /^export (\w+)=(.*)$/.exec(line)?.slice(1) as [string, string]),
    )
    const { stdout, status } = await runCli(['exec', '-q', '--', 'echo', 'hello'], variables)
    expect(stdout).toBe('hello\n')
    expect(status).toBe(0)
    server.child.kill('SIGTERM')
    expect((await server.finished).status).toBe(143)
  })
})
