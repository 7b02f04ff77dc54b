import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { RegisterTaskDefinitionCommand, type RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, cliOnTerminal, runCli } from '../helpers/cli.ts'
import { builtImage, engineForTests, sshdImage } from '../helpers/container.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

const engine = await engineForTests()

describe.skipIf(!engine)('a session that enters a neighbour', () => {
  let ecs: TestEcs

  beforeAll(async () => {
    if (!engine) return
    ecs = await startEcs({ runner: 'container' })
    const image = (name: string) =>
      builtImage(engine, fileURLToPath(new URL(`../helpers/images/${name}`, import.meta.url)))
    const registration: Omit<RegisterTaskDefinitionCommandInput, 'family'> = {
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        {
          name: 'app',
          image: await image('plain'),
          user: 'app',
          command: ['sh', '-c', 'echo written by the app >/home/app/file; exec sleep 600'],
          environment: [{ name: 'SEVERAL_LINES', value: 'one\ntwo' }],
        },
        {
          name: 'bare',
          image: await image('sleeper'),
          user: '54321',
          environment: [{ name: 'WHO', value: 'bare' }],
        },
        {
          name: 'shell',
          image: await sshdImage(),
          dockerLabels: { 'fargate-login': 'true' },
          linuxParameters: { capabilities: { add: ['SYS_PTRACE'] } },
        },
      ],
    }
    await ecs.client.send(
      new RegisterTaskDefinitionCommand({ ...registration, family: 'neighbours', pidMode: 'task' }),
    )
    await ecs.client.send(new RegisterTaskDefinitionCommand({ ...registration, family: 'apart' }))
  }, 900_000)
  afterAll(() => ecs?.[Symbol.asyncDispose]())

  const enter = (family: string, name: string, ...words: readonly string[]) =>
    runCli(['exec', '--task-definition', family, '--enter', name, '-q', '--', ...words], ecs.variables)

  it('has its files, its user, its directory and its environment', async () => {
    const script = 'id -un; pwd; cat ~/file; echo "$SEVERAL_LINES"; echo $SHELL; exit 3'
    const { stdout, stderr, status } = await enter('neighbours', 'app', 'sh', '-c', script)
    expect(stderr).toBe('')
    expect(stdout).toBe('app\n/srv/app\nwritten by the app\none\ntwo\n/bin/bash\n')
    expect(status).toBe(3)
  })

  it('brings a shell where the neighbour has none', async () => {
    const { stdout, stderr, status } = await enter('neighbours', 'bare', 'sh', '-c', 'id -u; echo $WHO; ls /')
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^54321\nbare\n/)
    expect(stdout).toContain('app\n')
    expect(stdout).not.toContain('opt\n')
    expect(status).toBe(0)
  })

  it('has a terminal of its own', async () => {
    await using terminal = cliOnTerminal(
      ['login', '--task-definition', 'neighbours', '--enter', 'app'],
      ecs.variables,
    )
    await terminal.shows(/Connected: /)
    await terminal.shows(/app@.*[$#] $/)
    terminal.type('id -un; stty size; exit 5\r')
    await terminal.shows(/app\r\n30 100\r\n/)
    expect(await terminal.exited).toBe(5)
  })

  it("copies the neighbour's files with sftp", async () => {
    const server = '/opt/fargate-login/libexec/sftp-server'
    const program = [process.execPath, CLI, 'exec', '--task-definition', 'neighbours', '--enter', 'app', '-q']
    const copies = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
    try {
      const child = spawn('sftp', ['-b', '-', '-D', [...program, '--', server].join(' ')], {
        env: { ...process.env, ...ecs.variables },
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      child.stdin.end(
        `pwd\nget /home/app/file ${copies}/file\nput ${CLI} /home/app/sent\nls -l /home/app/sent\n`,
      )
      const [stdout, [status]] = await Promise.all([text(child.stdout), once(child, 'close')])
      expect(stdout).toContain('Remote working directory: /srv/app')
      expect(stdout).toMatch(/-rw\S+ +\S+ +(app|uid1000) +/)
      expect(status).toBe(0)
      expect(readFileSync(join(copies, 'file'), 'utf8')).toBe('written by the app\n')
    } finally {
      rmSync(copies, { recursive: true })
    }
  })

  it('is refused before anything runs where the containers do not share their processes', async () => {
    const { stderr, status } = await enter('apart', 'app', 'true')
    expect(stderr).toContain('--enter needs "pidMode": "task"')
    expect(status).toBe(255)
    const unknown = await enter('neighbours', 'nope', 'true')
    expect(unknown.stderr).toContain('It can enter: app, bare.')
    expect(unknown.status).toBe(2)
  })
})
