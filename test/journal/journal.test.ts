import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makePlan } from '../../cli/core/plan/plan.ts'
import { makeJournal } from '../../cli/journal/journal.ts'
import type { Journal } from '../../cli/session/ports/journal.ts'
import { DETACHED } from '../helpers/noted.ts'
import { PLAN_INPUT, RUNNING_TASK } from '../helpers/values.ts'

interface TestJournal extends Disposable {
  readonly journal: Journal
  readonly home: string
  files(): readonly string[]
}

function startJournal(): TestJournal {
  const home = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
  const directory = join(home, 'state', 'sessions')
  const reporter = { warn: () => {}, debug: () => {} }
  return {
    home,
    journal: makeJournal({ directory, access: { profile: 'dev' }, reporter }),
    files: () => readdirSync(directory).sort(),
    [Symbol.dispose]: () => rmSync(home, { recursive: true }),
  }
}

const plan = makePlan(PLAN_INPUT)
const { session } = plan
const { arn: taskArn } = RUNNING_TASK
const NOTE = { plan, taskArn, detached: DETACHED.detached, privateKey: 'the key' }

describe('a session that is left running', () => {
  it('is noted with its key beside, both for their user only, and forgotten with it', async () => {
    using test = startJournal()
    const { journal, files } = test
    await journal.write(plan, RUNNING_TASK.arn)
    await journal.detach(NOTE)
    expect(files()).toEqual([`${session}.json`, `${session}.key`])
    expect(statSync(journal.keyFile(session)).mode & 0o777).toBe(0o600)
    expect(await journal.readKey(session)).toBe('the key')
    expect(await journal.read()).toMatchObject([
      { owner: 'alive', entry: { session, taskArn: RUNNING_TASK.arn, detached: DETACHED.detached } },
    ])
    await journal.remove(session)
    expect(files()).toEqual([])
  })

  it('whose stop was not confirmed is told from one whose process was killed', async () => {
    using test = startJournal()
    const { journal } = test
    await journal.write(plan, taskArn)
    await journal.giveUp(session, 'stop')
    expect(await journal.read()).toMatchObject([{ entry: { session, taskArn, unconfirmed: 'stop' } }])
  })

  it('is an error where its key cannot be kept', async () => {
    using test = startJournal()
    // A file where the directory should be stops root, too, whom permissions do not.
    writeFileSync(join(test.home, 'state'), '')
    await expect(test.journal.detach(NOTE)).rejects.toMatchObject({
      code: 'journal-unwritable',
      hint: expect.stringContaining('XDG_STATE_HOME'),
    })
  })

  it('whose key is gone says how to end it', async () => {
    using test = startJournal()
    await expect(test.journal.readKey(session)).rejects.toMatchObject({
      code: 'session-unknown',
      hint: expect.stringContaining(`fargate-login stop ${session}`),
    })
  })
})
