import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { StopTaskCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onTerminal, runCli } from '../../helpers/cli.ts'
import { engineForTests } from '../../helpers/container.ts'
import { freePort } from '../../helpers/free-port.ts'
import type { Outcome } from './helpers/desk.ts'
import { HOST, type Office, openOffice } from './helpers/office.ts'

const engine = await engineForTests()

describe.skipIf(!engine)('stock ssh', () => {
  let office: Office
  beforeAll(async () => {
    if (engine) office = await openOffice(engine)
  }, 600_000)
  afterAll(() => office?.[Symbol.asyncDispose]())

  const ssh = (...args: readonly string[]): Promise<Outcome> => office.desk.ssh(args)
  const running = async () =>
    (await office.ecs.tasks()).filter(({ desiredStatus }) => desiredStatus === 'RUNNING')

  it('starts one task for five connections at the same moment', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, (_, at) => ssh(HOST, `echo ${at}`)))
    const outcomes = all.map(({ status, stdout, stderr }) => `${status} ${stdout}${stderr}`)
    expect(outcomes).toEqual(['0 0\n', '0 1\n', '0 2\n', '0 3\n', '0 4\n'])
    expect(await office.ecs.tasks()).toHaveLength(1)
  })

  it("runs a command as the container's user, and passes stdin, stdout, stderr and status on", async () => {
    const input = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251))
    const { status, bytes, stderr } = await office.desk.ssh([HOST, 'cat; id -un >&2; pwd >&2; exit 7'], {
      input,
    })
    expect(bytes.equals(input)).toBe(true)
    expect({ status, stderr }).toEqual({ status: 7, stderr: 'app\n/srv/app\n' })
  })

  it('gives a terminal', async () => {
    await using terminal = onTerminal('ssh', ['-F', office.desk.config, HOST], office.desk.bare)
    await terminal.shows(/\$ /)
    terminal.type('tty; exit 3\r')
    await terminal.shows(/\/dev\/pts\/\d+\r\n/)
    expect(await terminal.exited).toBe(3)
  })

  it('replaces a task that is gone, whose key ssh has read already', async () => {
    const [task] = await running()
    await office.ecs.client.send(new StopTaskCommand({ task: task?.taskArn }))
    const { status, stdout, stderr } = await ssh(HOST, 'echo new')
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'new\n', stderr: '' })
    expect(await running()).toHaveLength(1)
    expect((await running())[0]?.taskArn).not.toBe(task?.taskArn)
  })

  it('joins a task that fargate-login up has started', async () => {
    const { desk, ecs } = office
    for (const { taskArn } of await running()) await ecs.client.send(new StopTaskCommand({ task: taskArn }))
    expect((await runCli(['up', 'web'], desk.variables, '', desk.project)).status).toBe(0)
    expect(await ssh(HOST, 'echo joined')).toMatchObject({ status: 0, stdout: 'joined\n', stderr: '' })
    expect(await running()).toHaveLength(1)
  })

  it('refuses another host key', async () => {
    const { status, stderr } = await ssh('-o', 'HostKeyAlias=other', HOST, 'true')
    expect(status).toBe(255)
    expect(stderr).toContain('Host key verification failed')
  })

  it('forwards a socket here to a port there (-L)', async () => {
    const socket = office.desk.folder.file('local.sock')
    await using _session = await hold('-L', `${socket}:127.0.0.1:2222`)
    const connection = createConnection(socket)
    const [banner] = await once(connection, 'data')
    connection.destroy()
    expect(String(banner)).toMatch(/^SSH-2\.0-OpenSSH/)
  })

  it('forwards a socket there to a port here (-R)', async () => {
    const server = createServer((socket) => socket.end('from here\n')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const remote = `/tmp/remote-${port}.sock`
    const fetch = `curl -sS --http0.9 --unix-socket ${remote} http://x/`
    const { stdout, stderr } = await ssh('-R', `${remote}:127.0.0.1:${port}`, HOST, fetch)
    server.close()
    expect({ stdout, stderr }).toEqual({ stdout: 'from here\n', stderr: '' })
  })

  it('is a SOCKS proxy (-D)', async () => {
    const port = await freePort()
    await using _session = await hold('-D', `127.0.0.1:${port}`)
    const words = ['-s', '--http0.9', '--socks5-hostname', `127.0.0.1:${port}`, 'http://localhost:2222/']
    const { stdout } = await office.desk.run('curl', words)
    expect(stdout).toMatch(/^SSH-2\.0-OpenSSH/)
  })

  it('jumps through the task (-J)', async () => {
    const file = (path: string) => `"${path.replaceAll('%', '%%')}"`
    const options = [
      `IdentityFile=${file(office.keyFile)}`,
      `UserKnownHostsFile=${file(office.knownHostsFile)}`,
      `HostKeyAlias=fargate-login-${HOST}`,
    ].flatMap((option) => ['-o', option])
    const { stdout, stderr } = await ssh('-J', HOST, ...options, '-p', '2222', 'app@127.0.0.1', 'id -un')
    expect({ stdout, stderr }).toEqual({ stdout: 'app\n', stderr: '' })
  })

  it('forwards the agent (-A)', async () => {
    const socket = office.desk.folder.file('agent.sock')
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] })
    await once(agent.stdout, 'data')
    const variables = { ...office.desk.bare, SSH_AUTH_SOCK: socket }
    await office.desk.run('ssh-add', ['-q', office.keyFile], { variables })
    const { stdout } = await office.desk.ssh(['-A', HOST, 'ssh-add -l'], { variables })
    agent.kill()
    expect(stdout).toMatch(/^256 SHA256:\S+ .*\(ED25519\)\n$/)
  })

  it('shares one connection (ControlMaster, ControlPersist)', async () => {
    const socket = office.desk.folder.file('master.sock')
    const options = ['ControlMaster=auto', `ControlPath=${socket}`, 'ControlPersist=60']
    const shared = options.flatMap((option) => ['-o', option])
    const peer = async () => (await ssh(...shared, HOST, 'echo "$SSH_CONNECTION"')).stdout
    const first = await peer()
    expect(await peer()).toBe(first)
    expect((await ssh(...shared, '-O', 'check', HOST)).stderr).toMatch(/^Master running/)
    expect((await ssh(...shared, '-O', 'exit', HOST)).status).toBe(0)
    expect(await peer()).not.toBe(first)
    await ssh(...shared, '-O', 'exit', HOST)
  })

  it('does what an editor does: a script on stdin, a server on a port and on a socket, and forwards to both', async () => {
    const script = `set -e
      cd "$(mktemp -d)"
      cat >server.py <<'END'
import socket, threading
def serve(listener):
    while True:
        connection, _ = listener.accept()
        connection.sendall(b"HTTP/1.0 200 OK\\r\\n\\r\\nserver\\n")
        connection.close()
port = socket.create_server(("127.0.0.1", 0))
path = socket.socket(socket.AF_UNIX); path.bind("server.sock"); path.listen()
threading.Thread(target=serve, args=(path,)).start()
print(port.getsockname()[1], flush=True)
serve(port)
END
      mkfifo ready
      setsid nohup python3 server.py >ready 2>/dev/null </dev/null &
      read -r port <ready
      echo "$port $PWD/server.sock"`
    const started = await office.desk.ssh(['-T', HOST, 'bash'], { input: script })
    expect(started.stderr).toBe('')
    const [port = '', path = ''] = started.stdout.trim().split(' ')
    const socks = await freePort()
    const local = office.desk.folder.file('editor.sock')
    await using _forwards = await hold('-D', `127.0.0.1:${socks}`, '-L', `${local}:${path}`)
    const curl = (...words: readonly string[]) => office.desk.run('curl', ['-sS', ...words])
    const [byPort, bySocket, ...others] = await Promise.all([
      curl('--socks5-hostname', `127.0.0.1:${socks}`, `http://127.0.0.1:${port}/`),
      curl('--unix-socket', local, 'http://server/'),
      ...['a', 'b', 'c'].map((word) => ssh(HOST, `echo ${word}`)),
    ])
    expect([byPort, bySocket, ...others].map(({ stdout }) => stdout)).toEqual([
      'server\n',
      'server\n',
      'a\n',
      'b\n',
      'c\n',
    ])
  })

  it('needs one task for all of this', async () => {
    expect(await running()).toHaveLength(1)
  })

  /** A session whose forwards are up. */
  async function hold(...options: readonly string[]): Promise<AsyncDisposable> {
    const words = ['-F', office.desk.config, '-o', 'ExitOnForwardFailure=yes', ...options, HOST]
    const child = spawn('ssh', [...words, 'echo up; cat'], { env: office.desk.bare })
    const stderr = text(child.stderr)
    const exited = once(child, 'exit')
    await Promise.race([
      once(child.stdout, 'data'),
      exited.then(async () => Promise.reject(new Error(await stderr))),
    ])
    return {
      async [Symbol.asyncDispose]() {
        child.stdin.end()
        await exited
      },
    }
  }
})
