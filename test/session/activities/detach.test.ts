import { describe, expect, it } from 'vitest'
import { FargateLoginError } from '../../../cli/core/error.ts'
import type { Program } from '../../../cli/core/link/program.ts'
import { prepareSession } from '../../../cli/session/plan/prepare.ts'
import type { Journal } from '../../../cli/session/ports/journal.ts'
import { runSession } from '../../../cli/session/run.ts'
import { type FakeCalls, fakePorts } from '../../helpers/fake-ports.ts'
import { fakeTerminal } from '../../helpers/fake-terminal.ts'
import { CONFIG, TYPED } from '../../helpers/values.ts'

const NEVER = new AbortController().signal

async function detaching(
  replace: Partial<FakeCalls> = {},
  journal: Partial<Journal> = {},
  terminal = fakeTerminal(),
) {
  const { ports: fake, log } = fakePorts({ features: ['hold'], ...replace })
  const ports = { ...fake, journal: { ...fake.journal, ...journal } }
  const preparation = {
    config: { ...CONFIG, detach: true },
    activity: { kind: 'detach', program: { command: 'rake', pty: true } } as const,
    version: '0',
    localUser: 'me',
    typed: TYPED,
  }
  const outcome = await prepareSession(preparation, ports, NEVER)
    .then((prepared) => runSession(prepared, terminal, ports, NEVER))
    .catch((error: unknown) => error)
  return { outcome, log, stops: log.filter((line) => line === 'stopTask').length }
}

describe('a session that is left running', () => {
  it('keeps its key before its program starts, and its task', async () => {
    const programs: Program[] = []
    const { outcome, log, stops } = await detaching({
      run: async (program) => {
        programs.push(program)
        return { code: 0 }
      },
    })
    expect(outcome).toBe(0)
    expect(programs).toMatchObject([{ kind: 'exec', command: 'rake', pty: { raw: true } }])
    expect(programs[0]?.environment?.FARGATE_LOGIN_HOLD).toMatch(/^[a-z2-7]{12}:keep:leave$/)
    expect(log.indexOf('journal: detached')).toBeLessThan(log.indexOf('run'))
    expect(log).toContain('journal: detached')
    expect(stops).toBe(0)
  })

  it.each([
    ['does not say that it can hold a terminal', { features: ['enter'] as const }],
    ['cannot after all', { run: async () => ({ code: 127 }) }],
  ])('is refused by an image that %s, and its task is stopped', async (_, replace) => {
    const { outcome, stops, log } = await detaching(replace)
    expect(outcome).toMatchObject({
      code: 'session-refused',
      hint: expect.stringMatching(/docs\/image\.md|task's log/),
    })
    expect(stops).toBe(1)
    expect(log.at(-2)).toBe('journal: removed')
  })

  it('is not waited for without end when nobody reads why it did not start', async () => {
    const deaf = fakeTerminal()
    deaf.stdout.once('data', () => deaf.stdout.destroy(Object.assign(new Error('EPIPE'), { code: 'EPIPE' })))
    const run: FakeCalls['run'] = async (_program, _signal, stdout) => {
      stdout.write('no such program\n')
      return { code: 127 }
    }
    const { outcome, stops } = await detaching({ run }, {}, deaf)
    expect(outcome).toMatchObject({ code: 'session-refused' })
    expect(stops).toBe(1)
  })

  it('is stopped when its key cannot be kept', async () => {
    const { outcome, log, stops } = await detaching(
      {},
      {
        detach: async () => {
          throw new FargateLoginError('journal-unwritable', 'No space left.')
        },
      },
    )
    expect(outcome).toMatchObject({ code: 'journal-unwritable' })
    expect(log).not.toContain('run')
    expect(stops).toBe(1)
  })
})
