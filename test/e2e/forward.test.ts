import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cliOnTerminal, runCli, startCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { type Postgres, startPostgres } from '../helpers/postgres.ts'

const run = promisify(execFile)
let ecs: TestEcs
let postgres: Postgres

beforeAll(async () => {
  ;[ecs, postgres] = await Promise.all([startEcs(), startPostgres()])
})
afterAll(async () => {
  await ecs[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})

const SELECT = ['-XAtc', 'select 6 * 7']

describe('forward', () => {
  it('prints the port that it took, and serves psql until Ctrl-C', async () => {
    const forward = startCli(['forward', '-L', `0:127.0.0.1:${postgres.port}`], ecs.variables)
    const line = await forward.printed(/\n/)
    expect(line).toMatch(new RegExp(`^127\\.0\\.0\\.1:\\d+ 127\\.0\\.0\\.1:${postgres.port}\\n$`))
    const [, port = ''] = /:(\d+) /.exec(line) ?? []
    const { stdout } = await run('psql', ['-h', '127.0.0.1', '-p', port, '-U', 'app', 'app', ...SELECT])
    expect(stdout).toBe('42\n')
    forward.child.kill('SIGINT')
    expect((await forward.finished).status).toBe(130)
    expect((await ecs.tasks()).map(({ desiredStatus }) => desiredStatus)).toEqual(['STOPPED'])
  })

  it('runs a command of this machine around the forwards, and ends with its status', async () => {
    const words = ['forward', '-L', `0:127.0.0.1:${postgres.port}`, '-D', '0', '--', 'sh', '-c']
    const script = `psql -h 127.0.0.1 -p $FARGATE_LOGIN_FORWARD_1 -U app app -XAtc "select 'as ' || user"
      echo "$FARGATE_LOGIN_FORWARD_2"; exit 7`
    const { status, stdout } = await runCli([...words, script], ecs.variables)
    expect(stdout).toMatch(/^as app\n\d+\n$/)
    expect(status).toBe(7)
  })

  it.each([
    ['127.0.0.1', 'db.internal:5432', undefined],
    ['elsewhere', 'db.internal:5432', 'elsewhere'],
    ['', 'cache.internal:6379', undefined],
  ])('gives psql the host %j for a forward to %s', async (expected, to, own) => {
    const words = ['forward', '-L', `0:${to}`, '--', 'sh', '-c', 'echo "$PGHOST"']
    const { stdout } = await runCli(words, { ...ecs.variables, PGHOST: own })
    expect(stdout).toBe(`${expected}\n`)
  })

  it('names the port that the task took with -v', async () => {
    const words = ['forward', '-v', '-R', `0:127.0.0.1:${postgres.port}`, '--', 'sh', '-c']
    const script =
      'psql -h 127.0.0.1 -p $FARGATE_LOGIN_FORWARD_1 -U app app -c "" </dev/null; echo "$FARGATE_LOGIN_FORWARD_1"'
    const { stdout, stderr } = await runCli([...words, script], ecs.variables)
    expect(stderr).toContain(`a client of localhost:${stdout.trim()} connects to 127.0.0.1:${postgres.port}`)
  })

  it('leaves Ctrl-C to the terminal, so that the command gets it once', async () => {
    const script = `
      let count = 0
      process.on('SIGINT', () => console.log('interrupt ' + ++count))
      process.on('SIGTERM', () => setImmediate(() => process.exit(count)))
      setInterval(() => {}, 60_000)
      console.log('ready')
    `
    const words = ['forward', '-q', '-D', '0', '--', process.execPath, '-e', script]
    await using terminal = cliOnTerminal(words, ecs.variables)
    await terminal.shows(/ready/)
    terminal.type('\x03')
    await terminal.shows(/interrupt 1/)
    // Passed on, and so after everything that was passed on before.
    process.kill(terminal.pty.pid, 'SIGTERM')
    expect(await terminal.exited).toBe(1)
  })

  it.each([
    ['no-such-program', 127, 'There is no program no-such-program here.'],
    ['/etc/passwd', 126, '/etc/passwd cannot be run: '],
  ])('tells that %s cannot be run, as a shell does', async (program, expected, message) => {
    const { status, stderr } = await runCli(['forward', '-D', '0', '--', program], ecs.variables)
    expect(status).toBe(expected)
    expect(stderr).toContain(message)
  })

  it.each([
    [['-L', '8085:a:1', '-D', '8085'], 'Two forwards listen on localhost:8085.'],
    [['-L', 'foo'], 'expected [BIND:]PORT:HOST:PORT, such as 5432:db.internal:5432; '],
    [['-R', 'foo'], 'expected [BIND:]PORT:HOST:PORT, such as 8080:localhost:3000, '],
    [['-D', 'foo'], 'expected [BIND:]PORT, such as 1080, '],
  ])('refuses %j as wrong usage', async (words, message) => {
    const { status, stderr } = await runCli(['forward', ...words], ecs.variables)
    expect(stderr).toContain(message)
    expect(status).toBe(2)
  })

  it('refuses a port in use before a task is started', async () => {
    const before = (await ecs.tasks()).length
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const { status, stderr } = await runCli(['forward', '-L', `${port}:db:5432`], ecs.variables)
    server.close()
    expect(status).toBe(255)
    expect(stderr).toContain(`Cannot listen on 127.0.0.1:${port}: it is in use.`)
    expect(await ecs.tasks()).toHaveLength(before)
  })

  it('says what is missing, and what does not fit', async () => {
    const nothing = await runCli(['forward'], ecs.variables)
    expect(nothing.status).toBe(2)
    expect(nothing.stderr).toContain('Nothing to forward was specified.')
    const wrong = await runCli(['forward', '-L', '5432:db'], ecs.variables)
    expect(wrong.status).toBe(2)
    expect(wrong.stderr).toContain('--local-forward')
  })
})

describe('forward --db', () => {
  const url = () => ['-e', `DATABASE_URL=${postgres.url}`]

  it('prints the URL of the database for this machine, without its password', async () => {
    const forward = startCli(['forward', '--db', ...url()], ecs.variables)
    const line = await forward.printed(/\n/)
    expect(line).toMatch(/^postgres:\/\/app:\*\*\*@127\.0\.0\.1:\d+\/app\n$/)
    forward.child.kill('SIGTERM')
    expect((await forward.finished).status).toBe(143)
  })

  it('gives a command the whole URL', async () => {
    const words = ['forward', '--db', ...url(), '--', 'sh', '-c', `psql "$DATABASE_URL" -XAtc 'select 42'`]
    const { status, stdout } = await runCli(words, ecs.variables)
    expect(stdout).toBe('42\n')
    expect(status).toBe(0)
  })

  it('says that the variable is missing, and stops the task', async () => {
    const { status, stderr } = await runCli(['forward', '--db', 'NOPE_URL'], ecs.variables)
    expect(status).toBe(255)
    expect(stderr).toContain('The task has no variable NOPE_URL.')
    expect((await ecs.tasks()).every(({ desiredStatus }) => desiredStatus === 'STOPPED')).toBe(true)
  })
})

describe('exec with forwards', () => {
  it('lets the command reach this machine', async () => {
    const server = createServer((socket) => socket.end('from here\n')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const socket = join(tmpdir(), `fargate-login-${process.pid}.sock`)
    const script = `curl -sS --http0.9 --unix-socket ${socket} http://x/`
    const words = ['exec', '-R', `${socket}:127.0.0.1:${port}`, '--', 'sh', '-c', script]
    const { status, stdout } = await runCli(words, ecs.variables)
    server.close()
    rmSync(socket, { force: true })
    expect(stdout).toBe('from here\n')
    expect(status).toBe(0)
  })

  it('refuses --detach', async () => {
    const { status, stderr } = await runCli(['login', '--detach', '-D', '0'], ecs.variables)
    expect(status).toBe(2)
    expect(stderr).toContain('A forward ends with the command')
  })
})

describe('-A', () => {
  it('lets git in the task clone with a key of the agent here', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'fargate-login-agent-'))
    const agent = spawn('ssh-agent', ['-D', '-a', join(directory, 'agent')], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(agent.stdout, 'data')
    const variables = { ...ecs.variables, SSH_AUTH_SOCK: join(directory, 'agent') }
    await using server = await gitServer(directory)
    execFileSync('ssh-add', ['-q', server.key], { env: { ...process.env, ...variables }, stdio: 'ignore' })
    const ssh = `ssh -p ${server.port} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR`
    const clone = `git -c core.sshCommand='${ssh}' clone -q ${server.url} ${directory}/clone && cat ${directory}/clone/file`
    const forwarded = await runCli(['exec', '-A', '--', 'sh', '-c', clone], variables)
    const withoutAgent = await runCli(
      ['exec', '--', 'sh', '-c', `${clone.replace('/clone ', '/no ')}`],
      variables,
    )
    agent.kill()
    rmSync(directory, { recursive: true })
    expect(forwarded.stdout).toBe('cloned\n')
    expect(forwarded.status).toBe(0)
    expect(withoutAgent.status).not.toBe(0)
  })

  it('needs an agent', async () => {
    const { status, stderr } = await runCli(['login', '-A'], { ...ecs.variables, SSH_AUTH_SOCK: '' })
    expect(status).toBe(2)
    expect(stderr).toContain('SSH_AUTH_SOCK is not set')
  })
})

/** An sshd with a repository, that accepts one key of its own. */
async function gitServer(directory: string) {
  const { makeSsh } = await import('../../cli/ssh/ssh.ts')
  const { startSshd } = await import('../helpers/sshd.ts')
  const keys = await makeSsh('ed25519').makeKeys()
  const key = join(directory, 'key')
  writeFileSync(key, keys.user.privateKey, { mode: 0o600 })
  const sshd = await startSshd(keys)
  const repository = join(directory, 'repository')
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-C', repository, ...words])
  execFileSync('git', ['init', '-q', repository])
  writeFileSync(join(repository, 'file'), 'cloned\n')
  git('add', '.')
  git('commit', '-qm', 'a file')
  return {
    key,
    port: sshd.port,
    url: `${userInfo().username}@127.0.0.1:${repository}`,
    [Symbol.asyncDispose]: () => sshd[Symbol.asyncDispose](),
  }
}
