import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli, type Variables } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { register } from '../helpers/register.ts'

const directory = mkdtempSync(join(tmpdir(), 'fargate-login-inject-'))
const FILE = `
targets:
  web: { task-definition: web }
  ours: { task-definition: web, inject: false }
shortcuts:
  migrate: bin/migrate
`

describe('a session in an image without a mark', () => {
  let ecs: TestEcs
  beforeAll(async () => {
    writeFileSync(join(directory, 'fargate-login.yaml'), FILE)
    ecs = await startEcs()
    await register(ecs.client, {
      family: 'web',
      containerDefinitions: [{ name: 'app', image: 'example/web:1' }],
    })
  })
  afterAll(async () => {
    await ecs?.[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true })
  })

  const cli = (args: readonly string[], variables: Variables = {}) =>
    runCli(args, { ...ecs.variables, ...variables }, '', directory)

  it.each([
    [['web'], 'fargate-login web --inject'],
    [['login', 'web', '-T'], 'fargate-login login web -T --inject'],
    [['exec', 'web', '--', 'ls', '-la'], 'fargate-login exec web --inject -- ls -la'],
    [['rails', 'web'], 'fargate-login rails web --inject'],
    [['run', 'migrate', 'web'], 'fargate-login run migrate web --inject'],
    [['plan', 'web'], 'fargate-login plan web --inject'],
    [['web', '--dry-run', '--json'], 'fargate-login web --dry-run --json --inject'],
    [['web', '--enter', 'db'], 'fargate-login web --enter db --inject --keep-sidecars'],
  ])('is refused before RunTask: %j', async (args, paste) => {
    const { status, stdout, stderr } = await cli(args)
    expect(stderr).toContain('runs an SSH server. [session-server-unmarked]\n')
    expect(stderr).toContain(`\n  ${paste}\n`)
    expect(stderr).toContain(`\n  ${paste.replace(/--inject( --keep-sidecars)?/, '--no-inject')}\n`)
    expect(stdout).toBe('')
    expect(status).toBe(2)
    expect(await ecs.tasks()).toEqual([])
  })

  it.each<[string, readonly string[], Variables]>([
    ['--no-inject', ['exec', 'web', '--no-inject', '--', 'echo', 'in'], {}],
    ['inject: false', ['exec', 'ours', '--', 'echo', 'in'], {}],
    ['FARGATE_LOGIN_INJECT=false', ['exec', 'web', '--', 'echo', 'in'], { FARGATE_LOGIN_INJECT: 'false' }],
  ])('opens with %s', async (_name, args, variables) => {
    const { status, stdout } = await cli(args, variables)
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'in\n' })
  })

  it('shows in the plan what marks the server', async () => {
    const { stdout } = await cli(['plan', '--task-definition', 'fargate-login'])
    expect(stdout).toMatch(/^Server +the image's own \(its image's name says so\)$/m)
    expect((await cli(['plan', 'web', '--inject'])).stdout).toMatch(/^Server +injected at run time$/m)
  })
})
