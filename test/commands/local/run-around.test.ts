import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { CLI, cliOnTerminal, environment, runCli, startCli } from '../../helpers/cli.ts'

const AROUND = ['local', '--runner', 'process', '--'] as const
const NODE = [process.execPath, '-e'] as const

describe('fargate-login local -- CMD', () => {
  it('leads the command to a local ECS, and ends with its status', async () => {
    const script = `"$0" "$1" exec -q -- sh -c 'echo $((6*7)); exit 3'`
    const { status, stdout, stderr } = await runCli([...AROUND, 'sh', '-c', script, process.execPath, CLI])
    expect([status, stdout, stderr]).toEqual([3, '42\n', ''])
  })

  it('passes stdin, stdout and stderr through', async () => {
    const { stdout, stderr } = await runCli([...AROUND, 'sh', '-c', 'cat; echo e >&2'], {}, 'in')
    expect([stdout, stderr]).toEqual(['in', 'e\n'])
  })

  it('takes down the local ECS when the command ends', async () => {
    const { stdout } = await runCli([...AROUND, 'sh', '-c', 'echo $AWS_ENDPOINT_URL'])
    const { port } = new URL(stdout.trim())
    await expect(once(connect(Number(port), '127.0.0.1'), 'connect')).rejects.toThrow(/ECONNREFUSED/)
  })

  it.each([
    ['is not there', 'there-is-no-such-program', 127, /no program "there-is-no-such-program"/],
    ['is not executable', '/etc/passwd', 126, /"\/etc\/passwd" cannot be run/],
  ])('ends as a shell does when the command %s', async (_, name, expected, message) => {
    const { status, stdout, stderr } = await runCli([...AROUND, name])
    expect([status, stdout, stderr]).toEqual([expected, '', expect.stringMatching(message)])
  })

  it('ends with 128+N when signal N ends the command', async () => {
    expect((await runCli([...AROUND, 'sh', '-c', 'kill -KILL $$'])).status).toBe(137)
  })

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const)(
    'without a terminal, passes %s on, and waits for a command that does not end by it',
    async (signal) => {
      const script = `
        process.stdin.on('end', () => process.exit(7)).resume()
        process.on('${signal}', () => console.log('got it'))
        console.log('ready')
      `
      // A session of its own has no terminal.
      const child = spawn(process.execPath, [CLI, ...AROUND, ...NODE, script], {
        env: environment({}),
        detached: true,
      })
      await output(child, 'ready\n')
      child.kill(signal)
      await output(child, 'got it\n')
      child.kill(signal)
      await output(child, 'got it\n')
      child.stdin.end()
      expect((await once(child, 'exit'))[0]).toBe(7)
    },
  )

  it('leaves Ctrl-C to the terminal, so that the command gets it once', async () => {
    const script = `
      let count = 0
      process.on('SIGINT', () => console.log('interrupt ' + ++count))
      process.stdin.on('data', () => process.exit(count))
      console.log('ready')
    `
    await using terminal = cliOnTerminal([...AROUND, ...NODE, script])
    await terminal.shows(/ready/)
    terminal.type('\x03')
    await terminal.shows(/interrupt 1/)
    terminal.type('\x03')
    await terminal.shows(/interrupt 2/)
    terminal.type('\r')
    expect(await terminal.exited).toBe(2)
  })

  it('ends with its terminal, and takes command and local ECS along', async () => {
    await using terminal = cliOnTerminal([...AROUND, 'sh', '-c', 'echo "<$AWS_ENDPOINT_URL>"; cat'])
    const [, url = ''] = await terminal.shows(/<(http:[^>]+)>/)
    const connection = connect(Number(new URL(url).port), '127.0.0.1')
    await once(connection, 'connect')
    terminal.pty.kill('SIGHUP')
    await once(connection.resume(), 'close')
    expect(await terminal.exited).toBe(129)
  })

  it('is not led astray by what the environment says of another AWS', async () => {
    const variables = {
      AWS_PROFILE: 'work',
      AWS_ENDPOINT_URL_ECS: 'http://192.0.2.1',
      AWS_USE_FIPS_ENDPOINT: 'true',
      FARGATE_LOGIN_SERVICE: 'web',
      HTTP_PROXY: 'http://192.0.2.1:3128',
      NO_PROXY: 'internal',
    }
    const { stdout } = await runCli([...AROUND, 'env'], variables)
    expect(stdout).not.toMatch(/^(AWS_PROFILE|AWS_ENDPOINT_URL_ECS|AWS_USE_FIPS|FARGATE_LOGIN_SERVICE)/m)
    expect(stdout).toMatch(/^NO_PROXY=internal,127\.0\.0\.1$/m)
  })

  it.each([
    [['local', '--'], /no command after the two dashes/],
    [['local', '--detach', '--', 'true'], /--detach takes no command/],
    [['local', '--stop', '--', 'true'], /--stop takes no command/],
  ])('%j is refused', async (args, message) => {
    expect(await runCli(args)).toMatchObject({ status: 2, stderr: expect.stringMatching(message) })
  })

  it('starts nothing when a signal comes before the command', async () => {
    const running = startCli([...AROUND, 'echo', 'ran'])
    running.child.kill('SIGTERM')
    const { status, stdout } = await running.finished
    expect([status === 143 || status === null, stdout]).toEqual([true, ''])
  })
})

async function output({ stdout }: ReturnType<typeof spawn>, expected: string): Promise<void> {
  let text = ''
  while (stdout && !text.endsWith(expected)) text += (await once(stdout, 'data'))[0]
}
