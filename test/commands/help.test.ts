import { describe, expect, it } from 'vitest'
import { runCli } from '../helpers/cli.ts'

const COMMANDS = [
  'login',
  'exec',
  'attach',
  'cp',
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
