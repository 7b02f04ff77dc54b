import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtImage, engineForTests } from '../helpers/container.ts'
import { makeKeys } from './helpers/keys.ts'
import { type Server, startServer } from './helpers/server.ts'
import { environmentBlock } from './helpers/ssh.ts'

const client = await engineForTests()
const entrypoint = 'exec /bin/sh /opt/fargate-login/entrypoint.sh'

describe.runIf(client)("a session's environment", () => {
  const keys = makeKeys()
  let image: string
  let server: Server

  const container = {
    QUOTES: `it's a "value" with \`backticks\`, $DOLLARS and \\backslashes\\`,
    'dotted.name': 'kept',
    'spring.datasource-url': 'jdbc:postgresql://db/app',
    LINES: 'first\nsecond\n\n',
    SPACES: '  both ends  ',
    NOTHING: '',
    EQUALS: 'a=b=c',
    ESCAPES: '\\0101 \\n \\c %s',
    UNICODE: 'grüße, 世界',
    PATH: '/srv/bin:/usr/local/bin:/usr/bin:/bin:/srv/last',
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/0af3',
    ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/0af3',
    AWS_REGION: 'eu-central-1',
    BIG: 'x'.repeat(100_000),
  }

  beforeAll(async () => {
    if (!client) return
    image = await builtImage(client, new URL('app-image', import.meta.url).pathname)
    server = await startServer(client, keys, {
      image,
      environment: { ...container, FARGATE_LOGIN_SESSION: 's1', FARGATE_LOGIN_OWNER: 'me' },
    })
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    keys[Symbol.dispose]()
  })

  // The block that the shell was started with; "true" keeps bash from becoming cat, with variables of its own.
  const block = async () => environmentBlock((await server.ssh('cat /proc/$$/environ; true')).bytes)
  const latin1 = (value: string) => Buffer.from(value).toString('latin1')

  test("has every variable of the container's, byte for byte", async () => {
    const seen = await block()
    for (const [name, value] of Object.entries(container)) expect(seen.get(name)).toBe(latin1(value))
  })

  test('has nothing besides them but the user, the shell and the connection', async () => {
    const seen = [...(await block()).keys()]
    const own = seen.filter((name) => !(name in container)).sort()
    // What the engines add by themselves.
    const engines = new Set(['HOSTNAME', 'container', 'TERM'])
    expect(own.filter((name) => !engines.has(name))).toEqual([
      'HOME',
      'LOGNAME',
      'SHELL',
      'SHLVL',
      'SSH_CONNECTION',
      'USER',
    ])
  })

  test('has no variable of ours, and PID 1 shows none either', async () => {
    expect([...(await block()).keys()].join('\n')).not.toContain('FARGATE_LOGIN')
    const { stdout } = await server.ssh('env; cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null')
    expect(stdout).toContain('sshd')
    expect(stdout).not.toContain('FARGATE_LOGIN_')
    expect(stdout).not.toContain('PRIVATE KEY')
    const secret = keys.host.privateKey.split('\n')[2] ?? ''
    expect(secret.length).toBeGreaterThan(40)
    expect(stdout).not.toContain(secret)
  })

  test("is in the container's working directory", async () => {
    expect((await server.ssh('pwd')).stdout).toBe("/srv/it's an app\n")
  })

  test('keeps the PATH of the container in an interactive shell, and adds the programs of the toolkit behind it', async () => {
    const { stdout } = await server.ssh(undefined, {
      options: ['-tt'],
      input: 'echo "path:$PATH:end"\nexit\n',
    })
    expect(stdout).toContain(`path:${container.PATH}:/opt/fargate-login/bin:end`)
    expect(stdout).not.toContain('noise from profile')
  })

  test("takes TERM from the client's terminal", async () => {
    const { stdout } = await server.ssh('echo $TERM $SSH_TTY', {
      options: ['-tt'],
      environment: { TERM: 'xterm-256color' },
    })
    expect(stdout).toMatch(/^xterm-256color \/dev\/pts\/\d+\r\n$/)
  })

  test("takes COLORTERM of the client's terminal, and only there", async () => {
    const colour = async (option: string) =>
      await server.ssh('echo "<$COLORTERM>"', {
        options: [option, '-o', 'SendEnv=COLORTERM'],
        environment: { COLORTERM: 'truecolor' },
      })
    expect((await colour('-tt')).stdout).toBe('<truecolor>\r\n')
    expect((await colour('-T')).stdout).toBe('<>\n')
  })

  test('knows xterm-256color', async () => {
    const { status } = await server.ssh('infocmp xterm-256color')
    expect(status).toBe(0)
  })

  test('speaks UTF-8 on a terminal, whatever language the client has', async () => {
    const { stdout } = await server.ssh('locale charmap; echo $LANG', {
      options: ['-tt', '-o', 'SendEnv=LANG'],
      environment: { LANG: 'tlh_QO.UTF-8' },
    })
    expect(stdout).toBe('UTF-8\r\nC.UTF-8\r\n')
  })

  test('takes nothing else from the client, not even where its own variables are sent', async () => {
    const { stdout } = await server.ssh('env', {
      options: ['-o', 'SendEnv=LC_ALL LD_PRELOAD AWS_REGION'],
      environment: { LC_ALL: 'C', LD_PRELOAD: '', AWS_REGION: 'us-west-2' },
    })
    expect(stdout).toContain('AWS_REGION=eu-central-1\n')
    expect(stdout).not.toContain('LC_ALL')
    expect(stdout).not.toContain('LD_PRELOAD')
  })

  test('has the SSH agent that the client forwards', async () => {
    const socket = join(keys.directory, 'agent')
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(agent.stdout, 'data')
    const { stdout } = await server.ssh('ssh-add -l', {
      options: ['-A'],
      environment: { SSH_AUTH_SOCK: socket },
    })
    agent.kill()
    expect(stdout).toBe('The agent has no identities.\n')
  })

  test('takes every byte but NUL, in a value of any length', async () => {
    if (!client) return
    // No engine passes on bytes that are no UTF-8, hence the detour.
    const octal = Array.from({ length: 255 }, (_, i) => `\\${(i + 1).toString(8).padStart(3, '0')}`).join('')
    const script = `BYTES=$(printf '${octal}.') && export BYTES && ${entrypoint}`
    await using own = await startServer(client, keys, {
      args: ['--entrypoint', '/bin/sh'],
      command: ['-c', script],
    })
    const seen = environmentBlock((await own.ssh('cat /proc/$$/environ; true')).bytes)
    const all = Buffer.from(Array.from({ length: 255 }, (_, i) => i + 1)).toString('latin1')
    expect(seen.get('BYTES')).toBe(`${all}.`)
  })

  test('says so when the working directory has gone, and goes on in /', async () => {
    if (!client) return
    await using own = await startServer(client, keys, {
      args: ['--entrypoint', '/bin/sh'],
      command: ['-c', `mkdir /tmp/passing && cd /tmp/passing && ${entrypoint}`],
    })
    expect((await own.ssh('rm -r /tmp/passing')).status).toBe(0)
    const { stdout, stderr } = await own.ssh('pwd')
    expect(stdout).toBe('/\n')
    expect(stderr).toContain('/tmp/passing')
  })
})
