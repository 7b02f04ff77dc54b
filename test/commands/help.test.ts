import { describe, expect, it } from 'vitest'
import { cliOnTerminal, runCli } from '../helpers/cli.ts'

const COMMANDS = [
  'login',
  'exec',
  'attach',
  'cp',
  'forward',
  'up',
  'ssh-config',
  'proxy',
  'rails',
  'run',
  'list',
  'stop',
  'plan',
  'derive',
  'local',
] as const

describe('--help', () => {
  it('of the program lists the commands', async () => {
    const { stdout, status } = await runCli(['--help'])
    expect(status).toBe(0)
    expect(stdout).toMatchSnapshot()
    expect(stdout).toContain('Examples:\n  $ fargate-login')
    expect(stdout).toContain('Exit status:')
    // One row a command.
    expect(stdout.split('\n').length).toBeLessThanOrEqual(29)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it.each(['--help', 'exec --help', 'list --help'])('on 40 columns breaks no word: %s', async (words) => {
    await using terminal = cliOnTerminal(words.split(' '), {}, 40)
    await terminal.shows(/Examples:[\s\S]*\$ fargate-login[\s\S]*\$ fargate-login/)
    expect(await terminal.exited).toBe(0)
    const lines = terminal.screen().split('\r\n')
    // Commands stay whole, to be copied.
    const commands = lines.filter((line) => line.startsWith('  $ fargate-login '))
    expect(commands.length).toBeGreaterThan(1)
    for (const line of lines) if (!commands.includes(line)) expect(line.length, line).toBeLessThanOrEqual(40)
  })

  it('shows a switch and its opposite on one line, and takes both', async () => {
    const { stdout } = await runCli(['exec', '--help'])
    expect(stdout).toMatch(/^ {2}--\[no-\]inject +inject/m)
    expect(stdout).not.toMatch(/^ {2}--no-inject/m)
    const groups = ['What to run', 'Network', 'Injection', 'Session', 'SSH']
    const more = ['Forwards', 'Kept task', 'AWS', 'Output']
    expect(stdout.match(/^[A-Z][\w ]+(?=:$)/gm)).toEqual([
      'Arguments',
      ...groups,
      ...more,
      'Options',
      'Examples',
    ])
  })

  it.each(COMMANDS)('of %s has an example', async (command) => {
    const { stdout, status } = await runCli([command, '--help'])
    expect(status).toBe(0)
    expect(stdout).toContain('Examples:\n  $ fargate-login')
    expect(stdout).toMatchSnapshot()
  })
})

describe('--version', () => {
  it('prints the version', async () => {
    expect(await runCli(['--version'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
  })
})

describe('wrong usage', () => {
  it.each([
    [['exec']],
    [['exec', '--local', 'true']],
    [['exec', '--', '']],
    [['login', '--', 'ls']],
    [['login', 'nope']],
    [['login', 'a', 'b']],
    [['--nope']],
    [['plan', '--dry-run']],
    [['derive', '--reconnect', '9']],
    [['attach', 'qk3v', '--cluster', 'production']],
    [['list', '--service', 'web']],
    [['login', '--port', 'x', '--local']],
    [['login', '--local', '-e', '=x']],
    [['run']],
    [['run', 'nope', '--local']],
    [['login']],
    [['exec', '--local', '--json', '--', 'true']],
    [['login', '--config', 'nowhere.yaml']],
    [['local', '--port', 'x']],
    [['local', '--runner', 'magic']],
  ])('%j ends with 2 and says what to do', async (args) => {
    const { status, stdout, stderr } = await runCli(args, {}, '', '/')
    expect(stdout).toBe('')
    expect(stderr).toMatchSnapshot()
    expect(status).toBe(2)
  })
})
