import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cliOnTerminal, runCli } from '../helpers/cli.ts'
import { engineForTests } from '../helpers/container.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { makeState, type TestState } from '../helpers/state.ts'

const engine = await engineForTests()
let ecs: TestEcs

beforeAll(async () => {
  if (engine) ecs = await startEcs({ runner: 'container' })
}, 900_000)
afterAll(() => ecs?.[Symbol.asyncDispose]())

/** Starts a detached session of a target. @returns its ID */
async function detach(target: string, variables: Readonly<Record<string, string>>): Promise<string> {
  const { stdout, stderr } = await runCli(['exec', target, '-d', '-q', '--', 'sleep', '600'], variables)
  expect(stderr).toBe('')
  return stdout.trim()
}

function variablesOf(state: TestState): Readonly<Record<string, string>> {
  const file = join(state.home, 'fargate-login.yaml')
  const target = `{ task-definition: ${ecs.variables.FARGATE_LOGIN_TASK_DEFINITION} }`
  writeFileSync(file, `targets: { web: ${target}, other: ${target} }\n`)
  return { ...ecs.variables, ...state.variables, FARGATE_LOGIN_CONFIG: file }
}

describe.skipIf(!engine)('stop TARGET', () => {
  it('stops the session of the target, and no other', async () => {
    using state = makeState()
    const variables = variablesOf(state)
    const web = await detach('web', variables)
    const other = await detach('other', variables)
    expect(state.entries().map(({ session, target }) => ({ session, target }))).toEqual(
      expect.arrayContaining([
        { session: web, target: 'web' },
        { session: other, target: 'other' },
      ]),
    )
    expect(await runCli(['stop', 'web'], variables)).toMatchObject({ status: 0 })
    expect(await sessionsOf(variables)).toEqual([other])
    const again = await runCli(['stop', 'web'], variables)
    expect(again.stderr).toMatch(
      /No live session of target web .*\[session-unknown\]\n.*\n {2}fargate-login list web\n/,
    )
    expect(again.status).toBe(255)
    await runCli(['stop', 'other'], variables)
  })

  it('names the sessions if there are several, and asks on a terminal', async () => {
    using state = makeState()
    const variables = variablesOf(state)
    const sessions = [await detach('web', variables), await detach('web', variables)]
    const refused = await runCli(['stop', 'web'], variables)
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain('Target web has 2 live sessions. [usage]')
    for (const session of sessions)
      expect(refused.stderr).toContain(`${session}  on cluster default, started`)
    expect(await sessionsOf(variables)).toHaveLength(2)

    await using terminal = cliOnTerminal(['stop', 'web'], variables)
    await terminal.shows(/Target web has 2 live sessions.*Which one\? ID: /s)
    terminal.type(`${sessions[1]?.slice(0, 6)}\r`)
    expect(await terminal.exited).toBe(0)
    expect(await sessionsOf(variables)).toEqual([sessions[0]])
    await runCli(['stop', 'web'], variables)
  })
})

describe.skipIf(!engine)('attach TARGET', () => {
  it('returns to the session of the target', async () => {
    using state = makeState()
    const variables = variablesOf(state)
    const session = await detach('web', variables)
    await using terminal = cliOnTerminal(['attach', 'web'], variables)
    await terminal.shows(/Connected as /)
    terminal.type('\r~.')
    await terminal.shows(new RegExp(`Session ${session} is still running`))
    expect(await terminal.exited).toBe(0)
    const none = await runCli(['attach', 'other'], variables)
    expect(none.stderr).toMatch(
      /No session of target other was left running from this machine\. \[session-unknown\]/,
    )
    await runCli(['stop', 'web'], variables)
  })
})

async function sessionsOf(variables: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { stdout } = await runCli(['list', '--json'], variables)
  return JSON.parse(stdout).map(({ session }: { readonly session: string }) => session)
}
