import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cliOnTerminal, runCli } from '../helpers/cli.ts'
import { engineForTests, railsImage } from '../helpers/container.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { register } from '../helpers/register.ts'

const engine = await engineForTests()

describe.skipIf(!engine)('rails, on a real Rails application in a container', () => {
  let ecs: TestEcs

  beforeAll(async () => {
    if (!engine) return
    ecs = await startEcs({ runner: 'container' })
    const image = await railsImage(engine)
    await register(ecs.client, {
      family: 'rails',
      containerDefinitions: [
        {
          name: 'web',
          image,
          environment: [{ name: 'GREETING', value: 'set in the "task"\nsecond line' }],
        },
      ],
    })
  }, 900_000)
  afterAll(() => ecs?.[Symbol.asyncDispose]())

  const options = ['--task-definition', 'rails', '--inject', '-q'] as const

  it("reads Ruby from stdin in a script, with the app's environment", async () => {
    const ruby = "puts 1+1; puts \"<#{ENV['GREETING'].lines.size} #{ENV['GREETING'][/\\w+/]} #{Rails.root}>\""
    const { stdout, status } = await runCli(['rails', ...options], ecs.variables, `${ruby}\n`)
    expect(stdout).toMatch(/^2$/m)
    expect(stdout).toMatch(/^<2 set \/rails>$/m)
    expect(status).toBe(0)
  })

  it('is a console on a terminal', async () => {
    await using terminal = cliOnTerminal(['rails', ...options], ecs.variables)
    await terminal.shows(/Loading development environment.*shop\(.*\)> /s)
    terminal.type("puts ENV['GREETING'].upcase\r")
    await terminal.shows(/SET IN THE "TASK"\r\nSECOND LINE/)
    terminal.type('exit\r')
    expect(await terminal.exited).toBe(0)
  })

  it('takes --sandbox and -e from behind the dashes', async () => {
    const ruby = 'puts "env=#{Rails.env}"\n'
    const { stdout } = await runCli(['rails', ...options, '--', '-e', 'test'], ecs.variables, ruby)
    expect(stdout).toContain('env=test')
    const sandbox = await runCli(['rails', ...options, '--', '--sandbox'], ecs.variables, ruby)
    expect(sandbox.stdout).toMatch(/in sandbox/)
  })

  it('says so where there is no Rails', async () => {
    const { status, stderr } = await runCli(['rails', '-q'], ecs.variables)
    expect(stderr).toContain('no bin/rails, bundle or rails in /')
    expect(status).toBe(127)
  })
})
