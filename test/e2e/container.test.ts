import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cliOnTerminal, runCli } from '../helpers/cli.ts'
import { builtImage, engineForTests } from '../helpers/container.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { register } from '../helpers/register.ts'

const engine = await engineForTests()
const APP_IMAGE = fileURLToPath(new URL('../image/app-image', import.meta.url))

describe.skipIf(!engine)('a session in an app of its own image', () => {
  let ecs: TestEcs

  beforeAll(async () => {
    if (!engine) return
    ecs = await startEcs({ runner: 'container' })
    const image = await builtImage(engine, APP_IMAGE)
    await register(ecs.client, {
      family: 'app',
      containerDefinitions: [
        {
          name: 'app',
          image,
          user: 'app',
          environment: [
            { name: 'DATABASE_URL', value: 'postgres://u:p@db/x?a="b c"&d=\'e\'' },
            { name: 'LINES', value: 'one\n two\n\n' },
            { name: 'dotted.name', value: 'kept' },
          ],
        },
      ],
    })
  }, 600_000)
  afterAll(() => ecs?.[Symbol.asyncDispose]())

  const options = ['--task-definition', 'app', '-q'] as const

  it("is the container's user in its directory", async () => {
    const { stdout, status } = await runCli(
      ['exec', ...options, '--', 'sh', '-c', 'id -un; pwd'],
      ecs.variables,
    )
    expect(stdout).toBe("app\n/srv/it's an app\n")
    expect(status).toBe(0)
  })

  it("has the container's environment whole, and no key in it", async () => {
    const { stdout } = await runCli(['exec', ...options, '--', 'env', '-0'], ecs.variables)
    const variables = new Map(stdout.split('\0').map((line) => line.split(/=(.*)/s, 2) as [string, string]))
    expect(variables.get('DATABASE_URL')).toBe('postgres://u:p@db/x?a="b c"&d=\'e\'')
    expect(variables.get('LINES')).toBe('one\n two\n\n')
    expect(variables.get('dotted.name')).toBe('kept')
    expect([...variables.keys()].filter((name) => name.startsWith('FARGATE_LOGIN'))).toEqual([])
  })

  it('of another user names the only one, and what changes that', async () => {
    const { stderr, status } = await runCli(['exec', ...options, '--user', 'root', '--', 'id'], ecs.variables)
    expect(stderr).toContain('The container lets in only app, and not root. [authentication-failed]\n')
    expect(stderr).toContain(
      'Leave out --user to log in as app. To log in as root, run a task definition whose container has "user": "0".',
    )
    expect(status).toBe(255)
  })

  it('is a shell on a terminal', async () => {
    await using terminal = cliOnTerminal(['login', '--task-definition', 'app'], ecs.variables)
    await terminal.shows(/Connected as app to /)
    await terminal.shows(/\$ $/)
    terminal.type('echo grüße; exit 4\r')
    await terminal.shows(/\rgrüße\r\n/)
    expect(await terminal.exited).toBe(4)
  })
})
