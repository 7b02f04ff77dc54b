import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../local-ecs/runners/container/engine/engine.ts'
import { builtImage, engineForTests, startContainer, type TestContainer } from '../helpers/container.ts'
import { makeKeys } from './helpers/keys.ts'
import { type Server, startServer } from './helpers/server.ts'
import type { SshOptions } from './helpers/ssh.ts'

const client = await engineForTests()
const PLAIN = fileURLToPath(new URL('../helpers/images/plain', import.meta.url))

/** podman would make up an account for an unknown uid. */
const asIs = client?.name === 'podman' ? ['--passwd=false'] : []
/** As Ruby's Process.setproctitle, nginx and PostgreSQL do it. */
const TITLED = '$0 = "titled [app=1] " x 400; print "ready\\n"; $| = 1; print "\\n";'

describe.runIf(client)('entering another container', () => {
  const keys = makeKeys()
  let server: Server
  let image: string

  beforeAll(async () => {
    if (!client) return
    image = await builtImage(client, PLAIN)
    server = await startServer(client, keys, { args: ['--cap-add', 'SYS_PTRACE'] })
  }, 900_000)
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    keys[Symbol.dispose]()
  })

  interface Neighbour extends TestContainer {
    enter(command: string | undefined, options?: SshOptions): ReturnType<Server['ssh']>
  }

  /** A container of the same task, that has said it is ready. */
  async function neighbour(command: string, args: readonly string[] = [], from = server): Promise<Neighbour> {
    if (!client) throw new Error('no engine')
    const container = await startContainer(client, {
      image,
      args: ['--pid', `container:${from.name}`, '-e', 'SETTING=there', ...args],
      command: ['bash', '-c', command],
    })
    await container.log.until(/ready/)
    const { Id } = await inspect(client, container.name)
    return {
      ...container,
      enter: (inside, { options = [], ...more } = {}) =>
        from.ssh(inside, {
          ...more,
          options: [...options, '-o', `SetEnv=FARGATE_LOGIN_ENTER=app:${Id}`],
        }),
    }
  }
  const RUNS = 'echo ready; exec sleep 600'

  test('takes no process for the wanted one that only says so, even where the wanted one has none', async () => {
    const id = 'c0ffee'.repeat(10).padEnd(64, '0')
    const told = `ECS_CONTAINER_METADATA_URI_V4=http://169.254.170.2/v4/${id}`
    await using _liar = await neighbour(RUNS, ['-e', told])
    const { status, stdout, stderr } = await server.ssh('echo in', {
      options: ['-o', `SetEnv=FARGATE_LOGIN_ENTER=app:${id}`],
    })
    expect(stderr).toContain('no process of container app can be seen from here')
    expect({ status, stdout }).toEqual({ status: 69, stdout: '' })
  })

  test("gives code of the neighbour, tried or run as its user's shell, no capability that it lacks", async () => {
    const shell = '#!/bin/bash\\ngrep ^Cap /proc/self/status >>/tmp/seen\\nexec /bin/bash "$@"\\n'
    const evil = `printf '${shell}' >/bin/evil; chmod +x /bin/evil; sed -i '1s,[^:]*$,/bin/evil,' /etc/passwd`
    await using app = await neighbour(`${evil}; ${RUNS}`, ['--cap-drop', 'ALL'])
    const { stdout, stderr } = await app.enter('cat /tmp/seen')
    expect(stderr).toBe('')
    const sets = stdout.trim().split('\n')
    expect(sets).toHaveLength(10)
    for (const set of sets) expect(set).toMatch(/:\s+0+$/)
  })

  test('takes the environment of another process where the first has written over its own', async () => {
    const child = `perl -e '${TITLED} system("sleep 600")'`
    await using app = await neighbour(`exec ${child}`)
    const { stdout, stderr } = await app.enter('echo $SETTING')
    expect({ stdout, stderr }).toEqual({ stdout: 'there\n', stderr: '' })
  })

  test('refuses a command where no process shows its environment, and warns a person', async () => {
    await using app = await neighbour(`exec perl -e '${TITLED} sleep 600'`)
    const refused = await app.enter('echo $SETTING')
    expect(refused.stderr).toMatch(/container app does not show its environment: .*sh -c 'PROGRAM; :'/)
    expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 69, stdout: '' })
    const warned = await app.enter('id -un', { options: ['-tt'] })
    expect(warned.stdout).toMatch(/WARNING: container app does not show its environment.*\r\nroot\r\n$/)
  })

  test("has the environment where what its message says is done: sh -c 'PROGRAM; :'", async () => {
    await using app = await neighbour(`perl -e '${TITLED} sleep 600'; :`)
    expect((await app.enter('echo $SETTING')).stdout).toBe('there\n')
  })

  test('leaves the names of the environment as they are', async () => {
    const names = ['dotted.name=1', 'dashed-name=2', 'name=3', 'home=4', 'shell=5', 'login_shell=6', 'i=7']
    await using app = await neighbour(
      RUNS,
      names.flatMap((each) => ['-e', each]),
    )
    const { stdout } = await app.enter('tr "\\0" "\\n" </proc/$$/environ')
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(names))
    expect(stdout).toMatch(/^HOME=\/root$/m)
  })

  test.each([
    [
      'a login shell that hangs',
      'printf "#!/bin/sh\\nsleep 600 & wait\\n" >/bin/slow; chmod +x /bin/slow; sed -i "1s,[^:]*$,/bin/slow," /etc/passwd',
      '/bin/bash',
    ],
    // bash itself waits for somebody to write into it.
    ['a /etc/passwd that never ends', 'rm /etc/passwd; mkfifo /etc/passwd', '/bin/sh'],
  ])('does not wait for %s', async (_, spoil, shell) => {
    await using app = await neighbour(`${spoil}; ${RUNS}`)
    const { stdout, stderr } = await app.enter('echo $SHELL')
    expect({ stdout, stderr }).toEqual({ stdout: `${shell}\n`, stderr: '' })
  })

  test("gives its terminal to the neighbour's user", async () => {
    await using app = await neighbour(RUNS, ['--user', '1000'])
    const { stdout } = await app.enter('echo out >/dev/stdout; echo err >/dev/stderr', { options: ['-tt'] })
    expect(stdout).toBe('out\r\nerr\r\n')
  })

  test('finds the files of a container whose first process has shut itself up', async () => {
    const shut =
      'perl -e \'unless (fork) { exec "sleep", "600" } chroot "/srv"; print "ready\\n"; $| = 1; print "\\n"; sleep 600\''
    await using app = await neighbour(`exec ${shut}`)
    expect((await app.enter('test -d /etc && echo whole')).stdout).toBe('whole\n')
  })

  test('brings its shell where the neighbour has neither one nor /proc', async () => {
    const shut = 'perl -e \'chroot "/srv"; chdir "/"; print "ready\\n"; $| = 1; print "\\n"; sleep 600\''
    await using app = await neighbour(`exec ${shut}`)
    const { stdout, stderr, status } = await app.enter('echo $SETTING; cd /app && echo *')
    expect(stderr).toMatch(/neither a shell nor \/proc here/)
    expect({ stdout, status }).toEqual({ stdout: 'there\n*\n', status: 0 })
  })

  test.each([
    ['SYS_PTRACE', [], 'needs SYS_PTRACE in linuxParameters.capabilities.add'],
    ['root', ['--user', '1001', '--cap-add', 'SYS_PTRACE'], 'has to run as root'],
  ])('says what is missing without %s', async (_, args, hint) => {
    if (!client) return
    await using from = await startServer(client, keys, { args: [...asIs, ...args] })
    await using app = await neighbour(RUNS, ['--user', '1000'], from)
    const user = args.length > 0 ? 'uid1001' : 'root'
    const { stderr, status } = await app.enter('true', { user })
    expect(stderr).toContain(hint)
    expect(status).toBe(69)
  })
})
