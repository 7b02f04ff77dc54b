import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { CLI, onTerminal, runCli, startCli, type Variables } from '../../helpers/cli.ts'

const DETACH = ['local', '--detach', '--runner', 'process'] as const
/** For a shell: the program as its user types it. */
const FUNCTION = `fargate-login() { ${process.execPath} ${CLI} "$@"; }`

describe('fargate-login local --detach', () => {
  it('prints its variables only when it listens, and goes on until --stop', async () => {
    const { status, stdout } = await runCli(DETACH)
    expect(status).toBe(0)
    const variables = readExports(stdout)
    expect(await runCli(['exec', '-q', '--', 'echo', 'in a task'], variables)).toMatchObject({
      status: 0,
      stdout: 'in a task\n',
    })
    const stop = await runCli(['local', '--stop'], variables)
    expect(stop).toMatchObject({ status: 0, stderr: 'fargate-login: The local ECS has ended.\n' })
    const names = Object.keys(variables).map((name) => `unset ${name}\n`)
    expect(stop.stdout).toBe(names.join(''))
    await expect(reach(variables)).rejects.toThrow(/ECONNREFUSED/)
    expect((await runCli(['local', '--stop'], variables)).stderr).toMatch(/had ended already/)
  })

  it('stops its tasks with it', async () => {
    const variables = readExports((await runCli(DETACH)).stdout)
    const session = startCli(['exec', '-q', '--', 'sh', '-c', 'echo $$; cat'], variables)
    // The process runner's tasks are processes of this machine.
    const pid = Number(await session.printed(/\d+\n/))
    await runCli(['local', '--stop'], variables)
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
    session.child.kill('SIGKILL')
    await session.finished
  })

  it('refuses a second one in the same shell', async () => {
    const variables = readExports((await runCli(DETACH)).stdout)
    const { status, stdout, stderr } = await runCli(DETACH, variables)
    expect([status, stdout, stderr]).toEqual([
      255,
      '',
      expect.stringMatching(/running already.*\n.*\n {2}eval/),
    ])
    await runCli(['local', '--stop'], variables)
  })

  it('says why it cannot start, and leaves nothing running', async () => {
    const taken = createServer().listen({ host: '127.0.0.1', port: 0 })
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const { status, stdout, stderr } = await runCli([...DETACH, '--port', String(port)])
    taken.close()
    expect([status, stdout, stderr]).toEqual([255, '', expect.stringMatching(/cannot listen/)])
  })

  it('takes back a start whose variables nobody reads', async () => {
    const running = startCli(DETACH)
    running.child.stdout.destroy()
    expect(await running.finished).toMatchObject({ stderr: expect.not.stringMatching(/embedded ECS is at/) })
  })

  it('survives Ctrl-C at the prompt, and ends with the terminal', async () => {
    await using terminal = onTerminal('bash', ['--norc', '-i'], { PS1: 'next> ' })
    terminal.type(`${FUNCTION}; eval "$(fargate-login ${DETACH.join(' ')})"\r`)
    await terminal.shows(/embedded ECS is at.*\s+.*next> /)
    terminal.type('\x03')
    await terminal.shows(/\^C/)
    terminal.type('\recho "<$AWS_ENDPOINT_URL>"\r')
    const [, url = ''] = await terminal.shows(/<(http:[^>]+)>/)
    const connection = connect(Number(new URL(url).port), '127.0.0.1')
    await once(connection, 'connect')
    terminal.pty.kill('SIGHUP')
    await once(connection.resume(), 'close')
  })

  it.each([
    [['local', '--stop'], /no local ECS to stop/],
    [['local', '--detach', '--stop'], /exclude each other/],
    [['local', '--detach', '-v'], /no place for the tasks' output/],
    [['local', '--background'], /for local --detach/],
  ])('%j is refused', async (args, message) => {
    expect(await runCli(args)).toMatchObject({ status: 2, stderr: expect.stringMatching(message) })
  })
})

function readExports(stdout: string): Variables {
  const lines = [...stdout.matchAll(/^export (\w+)=(.*)$/gm)]
  return Object.fromEntries(lines.map(([, name = '', value]) => [name, value]))
}

function reach({ AWS_ENDPOINT_URL = '' }: Variables): Promise<unknown> {
  return once(connect(Number(new URL(AWS_ENDPOINT_URL).port), '127.0.0.1'), 'connect')
}
