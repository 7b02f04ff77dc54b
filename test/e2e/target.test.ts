import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli, type Variables } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { register } from '../helpers/register.ts'

const FILE = `
targets:
  web: { task-definition: web, container: app }
  open: { task-definition: web }
`

describe('a TARGET that is typed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'fargate-login-target-'))
  let ecs: TestEcs
  beforeAll(async () => {
    writeFileSync(join(directory, 'fargate-login.yaml'), FILE)
    ecs = await startEcs()
    const containers = ['app', 'shell'].map((name) => ({ name, image: `example/${name}-sshd` }))
    await register(ecs.client, { family: 'web', containerDefinitions: containers })
  })
  afterAll(async () => {
    await ecs?.[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true })
  })

  // The variables of the local ECS name a task definition of their own.
  const cli = (args: readonly string[], variables: Variables = {}) =>
    runCli(args, { ...ecs.variables, ...variables }, '', directory)

  it('wins over the variables', async () => {
    const { stdout, stderr } = await cli(['plan', 'web', '--json'], { FARGATE_LOGIN_CONTAINER: 'shell' })
    const { runTask, reach } = JSON.parse(stdout)
    expect(runTask.taskDefinition).toMatch(/task-definition\/web:1$/)
    expect(reach.container).toBe('app')
    expect(stderr).not.toContain('warning:')
  })

  it('says in one line which variables decide what it leaves open', async () => {
    const { stdout, stderr } = await cli(['plan', 'open', '--json'], {
      FARGATE_LOGIN_CONTAINER: 'shell',
      FARGATE_LOGIN_USER: 'root',
    })
    expect(JSON.parse(stdout).reach).toMatchObject({ container: 'shell', user: 'root' })
    expect(stderr.match(/warning: .*/g)).toEqual([
      'warning: Target open leaves something open that a variable decides: FARGATE_LOGIN_CONTAINER, FARGATE_LOGIN_USER.',
    ])
  })

  it('is an error with --local', async () => {
    for (const args of [
      ['web', '--local'],
      ['exec', 'web', '--local', '--', 'true'],
      ['plan', 'web', '--local'],
      ['derive', 'web', '--local'],
    ]) {
      const { status, stderr } = await cli(args)
      expect(stderr).toMatch(
        /^fargate-login: --local runs a task of its own, .* target "web"\. \[usage\]\n {2}\S/,
      )
      expect(status).toBe(2)
    }
  })
})
