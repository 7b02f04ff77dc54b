import { describe, expect, it } from 'vitest'
import { FargateLoginError } from '../../../cli/core/error.ts'
import type { Program } from '../../../cli/core/link/program.ts'
import type { PlannedProgram } from '../../../cli/core/plan/activity.ts'
import { prepareSession } from '../../../cli/session/plan/prepare.ts'
import { runSession } from '../../../cli/session/run.ts'
import { fakeConnection } from '../../helpers/fake-connection.ts'
import { type FakeCalls, fakePorts } from '../../helpers/fake-ports.ts'
import { fakeTerminal } from '../../helpers/fake-terminal.ts'
import { attending, CONFIG, TYPED } from '../../helpers/values.ts'

const NEVER = new AbortController().signal

/** The first connection breaks; `programs` is what each was asked to run. */
async function breaking(program: PlannedProgram, replace: Partial<FakeCalls> = {}, reconnect = 5) {
  const programs: Program[] = []
  const { ports, log } = fakePorts({
    run: async (program, _signal, stdout) => {
      programs.push(program)
      stdout.write('hello world')
      if (programs.length === 1) throw new FargateLoginError('connection-lost', 'The connection broke.')
      return { code: 7 }
    },
    ...replace,
  })
  const preparation = {
    config: { ...CONFIG, reconnect },
    activity: attending(program),
    version: '0',
    localUser: 'me',
    typed: TYPED,
  }
  const outcome = await prepareSession(preparation, ports, NEVER)
    .then((prepared) => runSession(prepared, fakeTerminal(), ports, NEVER))
    .catch((error: unknown) => error)
  const warnings = log.filter((line) => line.startsWith('warning: '))
  return { outcome, programs, warnings, stops: log.filter((line) => line === 'stopTask').length }
}

describe('a connection that breaks', () => {
  it('comes back to a terminal that the image holds, from the byte on that came last', async () => {
    const { outcome, programs, stops } = await breaking({ pty: true }, { features: ['hold'] })
    expect(outcome).toBe(7)
    const [first, second] = programs.map(({ environment }) => environment?.FARGATE_LOGIN_HOLD)
    expect(first).toMatch(/^[a-z2-7]{12}$/)
    expect(second).toBe(`${first}:from=11`)
    expect(stops).toBe(1)
  })

  it('comes back to a new shell, and says so, where the image can hold none', async () => {
    const { outcome, programs, warnings } = await breaking({ pty: true }, { features: [] })
    expect(outcome).toBe(7)
    expect(programs).toMatchObject([{ kind: 'shell' }, { kind: 'shell' }])
    expect(programs.map(({ environment }) => environment)).toEqual([{}, {}])
    expect(warnings.at(-1)).toMatch(/in a new shell/)
  })

  it.each([
    ['a command without a terminal', { command: 'rake', pty: false }, 5],
    ['a command on a terminal that nobody holds', { command: 'rake', pty: true }, 5],
    ['a shell with --reconnect 0', { pty: true }, 0],
  ])('does not run %s twice', async (_, program, reconnect) => {
    const { outcome, programs, stops } = await breaking(program, { features: [] }, reconnect)
    expect(outcome).toMatchObject({ code: 'connection-lost', message: 'The connection broke.' })
    expect(programs).toHaveLength(1)
    expect(stops).toBe(1)
  })

  it('and does not come back in time ends the session and its task', async () => {
    let opened = 0
    const { outcome, stops } = await breaking(
      { pty: true },
      {
        features: ['hold'],
        connect: async () => {
          if (opened++ > 0) throw new FargateLoginError('connection-silent', 'Nothing answers.')
          const lost = new FargateLoginError('connection-lost', 'The connection broke.')
          return fakeConnection(() => Promise.reject(lost), ['hold'])
        },
      },
      0.05,
    )
    expect(outcome).toMatchObject({
      code: 'connection-lost',
      message: expect.stringMatching(/could not reconnect within 0\.05 s: .*Nothing answers\./),
      hint: expect.stringContaining('--reconnect'),
    })
    expect(stops).toBe(1)
  })
})
