import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import {
  type ContainerDefinition,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, cliOnTerminal, runCli } from '../helpers/cli.ts'
import { builtImage, engineForTests } from '../helpers/container.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { register } from '../helpers/register.ts'

const engine = await engineForTests()
const image = (name: string) => {
  if (!engine) throw new Error('no engine')
  return builtImage(engine, fileURLToPath(new URL(`../helpers/images/${name}`, import.meta.url)))
}

/** The least that a container needs to be injected into: an image that knows nothing of us. */
interface Case {
  readonly image: string
  readonly container?: Partial<ContainerDefinition>
  readonly user: string
  readonly uid: number
  readonly directory: string
  /** Runs in the shell of the session. */
  readonly shell: RegExp
}

const CASES: Readonly<Record<string, Case>> = {
  'a Debian image as root': { image: 'plain', user: 'root', uid: 0, directory: '/srv/app', shell: /bash$/ },
  'a named user': {
    image: 'plain',
    container: { user: 'app' },
    user: 'app',
    uid: 1000,
    directory: '/srv/app',
    shell: /bash$/,
  },
  'a user whose shell is nologin': {
    image: 'plain',
    container: { user: 'service' },
    user: 'service',
    uid: 1001,
    directory: '/srv/app',
    shell: /bash$/,
  },
  'a uid without a passwd entry': {
    image: 'plain',
    container: { user: '54321:54321' },
    user: 'uid54321',
    uid: 54321,
    directory: '/srv/app',
    shell: /bash$/,
  },
  'a read-only root file system': {
    image: 'plain',
    container: { user: 'app', readonlyRootFilesystem: true },
    user: 'app',
    uid: 1000,
    directory: '/srv/app',
    shell: /bash$/,
  },
  'root without capabilities': {
    image: 'plain',
    container: { linuxParameters: { capabilities: { drop: ['ALL'] } } },
    user: 'root',
    uid: 0,
    directory: '/srv/app',
    shell: /bash$/,
  },
  'an image from scratch with one static program': {
    image: 'scratch',
    user: 'root',
    uid: 0,
    directory: '/',
    shell: /busybox|sh$/,
  },
  'an image from scratch, read-only, as a uid of its own': {
    image: 'scratch',
    container: { user: '54321', readonlyRootFilesystem: true },
    user: 'uid54321',
    uid: 54321,
    directory: '/',
    shell: /busybox|sh$/,
  },
  'a busybox image': { image: 'busybox', user: 'root', uid: 0, directory: '/data', shell: /^\/bin\/sh$/ },
}

const VARIABLES = [
  { name: 'DATABASE_URL', value: 'postgres://u:p@db/x?a="b c"&d=\'e\'' },
  { name: 'SEVERAL_LINES', value: 'one\n two\n\n' },
]
const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:rails-AbCdEf'

describe.skipIf(!engine)('an injected session', () => {
  let ecs: TestEcs

  beforeAll(async () => {
    ecs = await startEcs({ runner: 'container', secrets: { [SECRET]: 'top\nsecret' } })
    for (const name of ['plain', 'scratch', 'busybox']) await image(name)
  }, 900_000)
  afterAll(() => ecs?.[Symbol.asyncDispose]())

  async function registerApp(family: string, container: Partial<ContainerDefinition>) {
    await register(ecs.client, {
      family,
      executionRoleArn: 'arn:aws:iam::123456789012:role/ecs',
      containerDefinitions: [
        {
          name: 'app',
          environment: VARIABLES,
          secrets: [{ name: 'SECRET_KEY_BASE', valueFrom: SECRET }],
          healthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost/'] },
          portMappings: [{ containerPort: 80 }],
          ...container,
        },
      ],
    })
  }

  async function revisions(family: string): Promise<number> {
    const answer = await ecs.client.send(
      new ListTaskDefinitionsCommand({ familyPrefix: `${family}-fargate-login` }),
    )
    return answer.taskDefinitionArns?.length ?? 0
  }

  const families = Object.keys(CASES).map((name) => name.replace(/[^a-z]+/gi, '-'))

  describe.each(Object.entries(CASES))(
    'in %s',
    (name, { container, user, uid, directory, shell, ...rest }) => {
      const family = families[Object.keys(CASES).indexOf(name)] ?? ''
      const options = ['--task-definition', family, '--inject', '-q'] as const

      beforeAll(async () => registerApp(family, { image: await image(rest.image), ...container }), 120_000)

      it('is its user in its directory, and ends with the exit status of the command', async () => {
        const { stdout, stderr, status } = await runCli(
          ['exec', ...options, '--', 'sh', '-c', 'id -u; pwd; echo $SHELL; exit 7'],
          ecs.variables,
        )
        expect(stderr).toBe('')
        const [shownUid, shownDirectory, shownShell] = stdout.split('\n')
        expect({ uid: Number(shownUid), directory: shownDirectory }).toEqual({ uid, directory })
        expect(shownShell).toMatch(shell)
        expect(status).toBe(7)
      })

      it('has its environment and its secrets, byte for byte, and reads stdin', async () => {
        const { stdout } = await runCli(
          ['exec', ...options, '--', 'sh', '-c', 'env -0 2>/dev/null || env; cat'],
          ecs.variables,
          'from stdin\n',
        )
        for (const { name, value } of VARIABLES) expect(stdout).toContain(`${name}=${value}`)
        expect(stdout).toContain('SECRET_KEY_BASE=top\nsecret')
        expect(stdout).not.toContain('FARGATE_LOGIN')
        expect(stdout).toMatch(/from stdin\n$/)
      })

      it('copies files with sftp', async () => {
        const program = `${process.execPath} ${CLI} exec ${options.join(' ')} -- /opt/fargate-login/libexec/sftp-server`
        const copies = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
        try {
          const batch = `pwd\nput ${CLI} /dev/shm/sent\nget /dev/shm/sent ${copies}/back\n`
          const child = spawn('sftp', ['-b', '-', '-D', program], {
            env: { ...process.env, ...ecs.variables },
            stdio: ['pipe', 'pipe', 'inherit'],
          })
          child.stdin.end(batch)
          const [stdout, [status]] = await Promise.all([text(child.stdout), once(child, 'close')])
          expect(stdout).toContain(`Remote working directory: ${directory}`)
          expect(status).toBe(0)
          expect(readFileSync(join(copies, 'back')).equals(readFileSync(CLI))).toBe(true)
        } finally {
          rmSync(copies, { recursive: true })
        }
      })

      it('is a shell on a terminal, with the programs of the toolkit', async () => {
        await using terminal = cliOnTerminal(
          ['login', '--task-definition', family, '--inject'],
          ecs.variables,
        )
        await terminal.shows(new RegExp(`Connected as ${user} to `))
        await terminal.shows(/[$#] (\x1b\[6n)?$/)
        terminal.type('vi --help 2>&1 | head -1; tty; exit 4\r')
        await terminal.shows(/BusyBox|Vi IMproved/)
        await terminal.shows(/\/dev\/pts\/\d+/)
        expect(await terminal.exited).toBe(4)
      })
    },
  )

  it('registers once, and again when the original has changed', async () => {
    const once = { image: await image('plain') }
    const options = ['--task-definition', 'changing', '--inject', '-q', '--', 'true'] as const
    await registerApp('changing', once)
    for (const _ of [1, 2]) expect((await runCli(['exec', ...options], ecs.variables)).status).toBe(0)
    expect(await revisions('changing')).toBe(1)
    await registerApp('changing', once)
    await runCli(['exec', ...options], ecs.variables)
    expect(await revisions('changing')).toBe(1)
    await registerApp('changing', { ...once, workingDirectory: '/tmp' })
    await runCli(['exec', ...options], ecs.variables)
    expect(await revisions('changing')).toBe(2)
    expect((await runCli(['exec', ...options], ecs.variables)).status).toBe(0)
    expect(await revisions('changing')).toBe(2)
  }, 120_000)

  it('is planned without registering anything, and the plan shows what changes', async () => {
    await registerApp('planned', { image: await image('plain'), command: ['bin/serve'] })
    const { stdout, status } = await runCli(
      ['plan', '--task-definition', 'planned', '--inject'],
      ecs.variables,
    )
    expect(status).toBe(0)
    expect(stdout).toMatch(/Derived from planned:1, to be registered as planned-fargate-login:/)
    expect(stdout).toContain('+ container fargate-login-toolkit')
    expect(stdout).toContain('- healthCheck')
    expect(stdout).not.toContain('postgres://')
    expect(await revisions('planned')).toBe(0)
  })

  it('keeps the other containers of the task where that is asked for', async () => {
    const app = { name: 'app', image: await image('plain') }
    const sidecar = {
      name: 'sidecar',
      image: await image('busybox'),
      command: ['sh', '-c', 'echo from the sidecar >page; exec httpd -f -p 127.0.0.1:8080 -h .'],
    }
    await register(ecs.client, {
      family: 'pair',
      containerDefinitions: [app, sidecar],
    })
    const script = 'busybox wget -qO- http://127.0.0.1:8080/page 2>/dev/null || echo nobody there'
    const options = ['--task-definition', 'pair', '--container', 'app', '--inject', '-q', '-t'] as const
    const command = ['--', '/opt/fargate-login/bin/sh', '-c', script] as const
    const kept = await runCli(['exec', ...options, '--keep-sidecars', ...command], ecs.variables)
    expect(kept.stderr).toBe('')
    expect(kept.stdout).toBe('from the sidecar\r\n')
    const alone = await runCli(['exec', ...options, ...command], ecs.variables)
    expect(alone.stdout).toBe('nobody there\r\n')
    expect(await revisions('pair')).toBe(2)
  }, 60_000)

  it('enters a container that is kept, and says how to keep one that is not', async () => {
    const app = {
      name: 'app',
      image: await image('plain'),
      linuxParameters: { capabilities: { add: ['SYS_PTRACE'] }, initProcessEnabled: true },
    }
    const worker = { name: 'worker', image: await image('plain'), user: 'app', command: ['sleep', '600'] }
    await register(ecs.client, {
      family: 'entered',
      pidMode: 'task',
      containerDefinitions: [app, worker],
    })
    const task = [
      '--task-definition',
      'entered',
      '--container',
      'app',
      '--inject',
      '--enter',
      'worker',
    ] as const
    const kept = await runCli(['exec', ...task, '--keep-sidecars', '-q', '--', 'id', '-un'], ecs.variables)
    expect(kept).toEqual({ stdout: 'app\n', stderr: '', status: 0 })
    const alone = await runCli(['exec', ...task, '-q', '--', 'true'], ecs.variables)
    expect(alone.stderr).toContain('--inject leaves "worker" out: add --keep-sidecars.')
    expect(alone.status).toBe(2)
  }, 60_000)

  it('shows its plan as JSON with every value masked', async () => {
    await registerApp('masked', { image: await image('plain') })
    const { stdout } = await runCli(
      ['plan', '--task-definition', 'masked', '--inject', '--json'],
      ecs.variables,
    )
    const plan = JSON.parse(stdout)
    expect(plan.derivation).toMatchObject({ family: 'masked-fargate-login' })
    expect(JSON.stringify(plan)).toContain('DATABASE_URL')
    expect(JSON.stringify(plan)).not.toMatch(/postgres:|PRIVATE KEY/)
  })

  it('tells who may not register what to hand to somebody who may, and runs what they registered', async () => {
    await registerApp('denied', { image: await image('plain') })
    const options = ['--task-definition', 'denied', '--inject'] as const
    ecs.ecs.faults.add({
      operation: 'RegisterTaskDefinition',
      error: 'AccessDeniedException',
      times: 1,
    } as never)
    const denied = await runCli(['exec', ...options, '--', 'true'], ecs.variables)
    expect(denied.status).toBe(255)
    expect(denied.stderr).toContain('AccessDenied')
    expect(denied.stderr).toContain('aws ecs register-task-definition --cli-input-json')
    expect(denied.stderr).toContain('"family": "denied-fargate-login"')

    const derived = await runCli(['derive', ...options.slice(0, 2)], ecs.variables)
    expect(derived.status).toBe(0)
    await ecs.client.send(new RegisterTaskDefinitionCommand(JSON.parse(derived.stdout)))
    expect((await runCli(['exec', ...options, '-q', '--', 'true'], ecs.variables)).status).toBe(0)
    expect(await revisions('denied')).toBe(1)
  }, 60_000)
})
