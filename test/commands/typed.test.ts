import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { quoteWords } from '../../cli/core/text/quote.ts'
import { runCli } from '../helpers/cli.ts'

const directory = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
writeFileSync(
  join(directory, 'fargate-login.yaml'),
  `targets:
  web: { service: web }
  staging: { service: web, cluster: staging }
shortcuts:
  migrate: bin/rails db:migrate
`,
)
afterAll(() => rmSync(directory, { recursive: true }))

/** The lines of stderr: the fact with its code, then what to do. */
async function typed(words: readonly string[], cwd = directory): Promise<readonly string[]> {
  const { stdout, stderr, status } = await runCli(words, {}, '', cwd)
  expect({ stdout, status }).toEqual({ stdout: '', status: 2 })
  return stderr
    .trimEnd()
    .split('\n')
    .map((line) => line.trim())
}

/** One line of a shell, without quotes that count. */
const split = (line: string) => line.split(' ')

describe('a command without two dashes', () => {
  it.each([
    ['exec -it web bash', 'exec -it web -- bash'],
    ['exec web echo ok', 'exec web -- echo ok'],
    ['exec web ls -la', 'exec web -- ls -la'],
    ['exec web ls -t', 'exec web -- ls -t'],
    ['exec web git log -- file', 'exec web -- git log -- file'],
    ['exec --service web ls -la', 'exec --service web -- ls -la'],
    ['exec -e SECRET=x web env', 'exec -e SECRET=… web -- env'],
    ['-q exec web ls', 'exec -q web -- ls'],
    ['plan web ls', 'plan web -- ls'],
    ['web ls -la', 'exec web -- ls -la'],
    ['login web ls', 'exec web -- ls'],
    ['run web ls', 'exec web -- ls'],
  ])('%s: the line to paste is %s', async (words, line) => {
    const [fact, ...advice] = await typed(split(words))
    expect(fact).toMatch(
      /^fargate-login: (The command goes after two dashes\. \[usage\]|There is no shortcut)/,
    )
    expect(advice).toEqual([
      ...(words.startsWith('run') ? ['Run a command with:'] : []),
      `fargate-login ${line}`,
    ])
  })

  it('is quoted for the shell, and a line of the shell gets sh -c', async () => {
    expect((await typed(['exec', 'web', 'echo', "it's", 'a b']))[1]).toBe(
      `fargate-login exec web -- ${quoteWords(['echo', "it's", 'a b'])}`,
    )
    expect((await typed(['exec', 'web', 'ls | wc']))[1]).toBe("fargate-login exec web -- sh -c 'ls | wc'")
  })

  it('is missing, or may be what stands in the place of a target', async () => {
    expect(await typed(['exec', 'web'])).toEqual([
      'fargate-login: exec needs a command. [usage]',
      'Put it after two dashes:',
      'fargate-login exec web -- CMD [ARG...]',
    ])
    expect((await typed(['exec', 'ls'])).slice(-2)).toEqual([
      'If "ls" is the command:',
      'fargate-login exec -- ls',
    ])
  })

  it('goes to exec, whatever the name of the login', async () => {
    expect((await typed(split('--local -- ls'))).slice(1)).toEqual([
      'Run one with:',
      'fargate-login exec --local -- ls',
    ])
    expect((await typed(split('web -- ls -la')))[2]).toBe('fargate-login exec web -- ls -la')
  })
})

describe('a word that is no command', () => {
  it.each([
    ['ssh web', 'Open a shell with:\nfargate-login web'],
    ['shell', 'Open a shell with:\nfargate-login'],
    ['--cluster c bash web', 'Open a shell with:\nfargate-login --cluster c web'],
    ['sh web -c ls', 'Open a shell with:\nfargate-login web'],
    ['console web', 'Open the Rails console with:\nfargate-login rails web'],
    ['kill qk3v', 'Stop a session with:\nfargate-login stop qk3v'],
    ['rm', 'Stop a session with:\nfargate-login stop'],
    ['describe web', 'See what a login would do with:\nfargate-login plan web'],
    ['version', 'Print the version with:\nfargate-login --version'],
    ['port-forward web', 'Reach what the task can reach with:\nfargate-login forward web'],
    [
      'port-forward web 3000 8080:80',
      'Reach what the task can reach with:\nfargate-login forward web -L 3000:localhost:3000 -L 8080:localhost:80',
    ],
    ['hello web', 'Run a command with:\nfargate-login exec web -- hello'],
    ['hello web now', 'Run a command with:\nfargate-login exec -- hello web now'],
    ['completion bash', 'List all commands with:\nfargate-login --help'],
    ['lsit', 'Did you mean list?'],
    ['wbe', 'Did you mean web?'],
    ['help nope', 'Known targets: web, staging.'],
  ])('%s: %s', async (words, advice) => {
    const lines = await typed(split(words))
    expect(lines[0]).toMatch(/^fargate-login: There is no command or target "[\w-]+"\. \[target-unknown\]$/)
    expect(lines.slice(1)).toEqual(expect.arrayContaining(advice.split('\n')))
    expect(lines.join()).not.toContain("'login'")
  })

  it('knows the same without a config file', async () => {
    expect(await typed(['ssh', 'web'], '/')).toContain('fargate-login web')
    expect((await typed(['nope'], '/'))[1]).toMatch(/^Targets are defined in fargate-login\.yaml/)
  })

  it('comes before its command', async () => {
    expect(await typed(split('web list'))).toContain('fargate-login list web')
  })
})

describe('Rails habits', () => {
  it.each([
    ['rails c web', 'Open the Rails console with:\nfargate-login rails web'],
    ['rails web console', 'Open the Rails console with:\nfargate-login rails web'],
    ['rails c', 'Open the Rails console with:\nfargate-login rails'],
    ['rails web db:migrate', 'Run one with:\nfargate-login exec web -- bin/rails db:migrate'],
    ['rails runner x', 'Run one with:\nfargate-login exec -- bin/rails runner x'],
    [
      'rails web --sandbox',
      'An option of the program goes after two dashes:\nfargate-login rails web -- --sandbox',
    ],
    ['run rails c', 'Open the Rails console with:\nfargate-login rails'],
    ['run rails c web', 'Open the Rails console with:\nfargate-login rails web'],
    ['run rails web', 'Open the Rails console with:\nfargate-login rails web'],
    ['run rails db:migrate', 'Run one with:\nfargate-login exec -- bin/rails db:migrate'],
    ['run bash', 'Open a shell with:\nfargate-login'],
    ['run console web', 'Open the Rails console with:\nfargate-login rails web'],
    ['run list', 'Leave out "run":\nfargate-login list'],
    ['run migrat', 'Did you mean migrate?'],
    ['run -q hello web', 'Run a command with:\nfargate-login exec -q web -- hello'],
    ['run migrate web now', 'fargate-login run migrate web -- now'],
    ['run migrate now', 'A word for the shortcut goes after two dashes:\nfargate-login run migrate -- now'],
  ])('%s: %s', async (words, advice) => {
    const lines = await typed(split(words))
    expect(lines.slice(1)).toEqual(expect.arrayContaining(advice.split('\n')))
    expect(lines[0]).not.toContain('no target "c"')
  })
})

describe('an option', () => {
  it.each([
    ['--profil p list', 'There is no option --profil for list. [usage]', 'Did you mean --profile?'],
    ['--mein stop', 'There is no option --mein for stop. [usage]', 'Did you mean --mine?'],
    [
      'list --service web',
      'There is no option --service for list. [usage]',
      'See the help:\nfargate-login list --help',
    ],
    ['--servce web', 'There is no option --servce. [usage]', 'Did you mean --service?'],
    [
      'exec web --timeout',
      'A value is missing: --timeout <SECONDS>. [usage]',
      'See the help:\nfargate-login exec --help',
    ],
    [
      '--timeout abc',
      '--timeout: expected a whole number from 1 to 86400, got "abc". [usage]',
      'Write --timeout SECONDS, or leave it out; the default is 300.',
    ],
    ['--service=', '--service: expected text, got "". [usage]', 'Write --service NAME, or leave it out.'],
    [
      '-e NOT_SET_HERE',
      '--env: expected NAME=VALUE, or the NAME of a variable that is set here, got "NOT_SET_HERE". [usage]',
      'Write -e NAME=VALUE, or export the variable first: a bare NAME passes its value.',
    ],
  ])('%s: %s %s', async (words, fact, advice) => {
    const lines = await typed(split(words))
    expect(lines[0]).toBe(`fargate-login: ${fact}`)
    expect(lines.slice(1)).toEqual(expect.arrayContaining(advice.split('\n')))
  })

  it('that is wrong shows no stack with -v', async () => {
    const lines = await typed(split('-v stop --mine --dead'))
    expect(lines).toEqual([
      'fargate-login: IDs, --mine, --all and --dead exclude each other. [usage]',
      'Use only one of them.',
    ])
  })

  it('of a variable that is wrong names the variable to correct', async () => {
    const { stderr } = await runCli(['list'], { FARGATE_LOGIN_TIMEOUT: 'abc' }, '', directory)
    expect(stderr).toMatch(/\[config-invalid\]\n {2}Correct FARGATE_LOGIN_TIMEOUT, or unset it\.\n$/)
  })
})

describe('an ID that is too short', () => {
  it('is refused before ECS is asked', async () => {
    const lines = await typed(['stop', 'a'])
    expect(lines[0]).toBe('fargate-login: "a" is too short. [usage]')
  })
})
