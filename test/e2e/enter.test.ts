import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import {
  type ContainerDefinition,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, cliOnTerminal, runCli } from '../helpers/cli.ts'
import { builtImage, engineForTests, sshdImage } from '../helpers/container.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

const engine = await engineForTests()

/** Takes the ID of a process of user 1000 from its control group, and pretends to be of the same container. */
const LIE = `
  while sleep 0.05; do
    for process in $(stat -c '%u %n' /proc/[0-9]* | sed -n 's/^1000 //p'); do
      id=$(cat $process/cgroup $process/mountinfo | grep -oE -m 1 '[0-9a-f]{64}' | head -1)
      [ -z "$id" ] || exec env ECS_CONTAINER_METADATA_URI_V4=http://169.254.170.2/v4/$id sleep 600
    done
  done`

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
          name: 'rooted',
          image: await image('plain'),
          command: ['sleep', '600'],
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
    const [app, , , shell] = registration.containerDefinitions ?? []
    const register = (
      family: string,
      ...containerDefinitions: readonly (ContainerDefinition | undefined)[]
    ) =>
      ecs.client.send(
        new RegisterTaskDefinitionCommand({
          ...registration,
          family,
          pidMode: 'task',
          containerDefinitions: containerDefinitions.flatMap((container) => container ?? []),
        }),
      )
    const liar = { name: 'liar', image: await image('plain'), command: ['bash', '-c', LIE] }
    await register(
      'liars',
      liar,
      { ...app, dependsOn: [{ containerName: 'liar', condition: 'START' }] },
      shell,
    )
    await register('no-run-bits', app, { ...shell, image: await image('no-run-bits') })
    await register('powerless', app, { ...shell, linuxParameters: {} })
    // Between the neighbour's end and sshd's start is the time in which a client hears of the former.
    const brief = { name: 'brief', image: await image('plain'), essential: false }
    const after = (containerName: string) => ({
      dependsOn: [{ containerName, condition: 'COMPLETE' as const }],
    })
    await register(
      'ends',
      { ...brief, command: ['sh', '-c', 'exit 4'] },
      { ...brief, name: 'delay', command: ['sleep', '5'], ...after('brief') },
      { ...shell, ...after('delay') },
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

  it('has no capability that the neighbour lacks, though it comes with one', async () => {
    const script = 'id -u; grep -E "^Cap(Inh|Prm|Eff|Bnd|Amb)" /proc/self/status'
    const { stdout, stderr, status } = await enter('neighbours', 'rooted', 'sh', '-c', script)
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    const [uid, ...sets] = stdout.trim().split('\n')
    expect(uid).toBe('0')
    const SYS_PTRACE = 1n << 19n
    for (const set of sets) expect(BigInt(`0x${set.split(/\s+/)[1]}`) & SYS_PTRACE).toBe(0n)
    expect(sets).toHaveLength(5)
    expect(sets[2]).not.toMatch(/ 0+$/)
  })

  it('has the environment of its neighbour, and no name of what only this container has', async () => {
    const { stdout } = await runCli(
      ['exec', '--task-definition', 'neighbours', '--enter', 'app', '-q', '-t', '--', 'sh', '-c', 'env; tty'],
      ecs.variables,
    )
    expect(stdout).toContain('LANG=C.UTF-8')
    expect(stdout).toContain('SSH_CONNECTION=')
    expect(stdout).not.toMatch(/SSH_TTY|SSH_AUTH_SOCK|FARGATE_LOGIN/)
  })

  it('is not in a container that only says in its environment to be the wanted one', async () => {
    const { stdout, stderr, status } = await enter('liars', 'app', 'sh', '-c', 'cat /home/app/file')
    expect({ stdout, stderr, status }).toEqual({ stdout: 'written by the app\n', stderr: '', status: 0 })
  })

  it('works where the toolkit has lost its run bits on the way', async () => {
    const { stdout, stderr, status } = await enter('no-run-bits', 'app', 'id', '-un')
    expect({ stdout, stderr, status }).toEqual({ stdout: 'app\n', stderr: '', status: 0 })
  })

  it('warns where the capability for it lacks, and says so again when it is right', async () => {
    const { stdout, stderr, status } = await runCli(
      ['exec', '--task-definition', 'powerless', '--enter', 'app', '--', 'true'],
      ecs.variables,
    )
    expect(stderr).toMatch(/warning: Container "shell" has no SYS_PTRACE/)
    expect(stderr).toMatch(/cannot enter|capability SYS_PTRACE/)
    expect({ stdout, status }).toEqual({ stdout: '', status: 69 })
  })

  it('is refused at once, with the reason, where the neighbour has ended', async () => {
    const { stderr, status } = await enter('ends', 'brief', 'true')
    expect(stderr).toMatch(/Container brief has ended: .*exit code 4.*\[session-refused\]/)
    expect(status).toBe(255)
  })

  it('says that the neighbour was killed, and nothing about an entrypoint', async () => {
    const { stderr, status } = await enter('neighbours', 'app', 'sh', '-c', 'kill -KILL -1; sleep 60')
    expect(stderr).toMatch(/\[task-stopped\]\n {2}An essential container ended/)
    expect(stderr).not.toContain('entrypoint')
    expect(status).toBe(255)
  })

  it('has a terminal of its own', async () => {
    await using terminal = cliOnTerminal(
      ['login', '--task-definition', 'neighbours', '--enter', 'app'],
      ecs.variables,
    )
    await terminal.shows(/Connected as /)
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
    expect(unknown.stderr).toContain('You can enter: app, rooted, bare.')
    expect(unknown.status).toBe(2)
  })
})
