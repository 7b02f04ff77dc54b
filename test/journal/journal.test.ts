import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
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
  readonly directory: string
  readonly warnings: readonly string[]
  files(): readonly string[]
}

function startJournal(): TestJournal {
  const home = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
  const directory = join(home, 'state', 'sessions')
  const warnings: string[] = []
  const reporter = { warn: (text: string) => warnings.push(text), debug: () => {} }
  return {
    home,
    directory,
    warnings,
    journal: makeJournal({ directory, access: { profile: 'dev' }, reporter, clock: { wallNow: () => NOW } }),
    files: () => readdirSync(directory).sort(),
    [Symbol.dispose]: () => rmSync(home, { recursive: true }),
  }
}

const NOW = new Date('2026-01-02T03:04:05.678Z')
const plan = makePlan(PLAN_INPUT)
const { session } = plan
const { arn: taskArn } = RUNNING_TASK
const NOTE = { plan, taskArn, detached: DETACHED.detached, privateKey: 'the key' }

describe('the journal', () => {
  it("takes the time of an entry from the process's clock", async () => {
    using test = startJournal()
    await test.journal.write(plan)
    expect(await test.journal.read()).toMatchObject([{ entry: { createdAt: NOW.toISOString() } }])
  })

  it('is empty before the first session', async () => {
    using test = startJournal()
    expect(await test.journal.read()).toEqual([])
    expect(test.warnings).toEqual([])
  })

  it('that cannot be read is not taken for empty, and has one warning if it cannot be written either', async () => {
    using test = startJournal()
    writeFileSync(join(test.home, 'state'), '')
    await expect(test.journal.read()).rejects.toMatchObject({
      code: 'journal-unreadable',
      message: expect.stringMatching(/cannot be read: .*sessions: ENOTDIR/),
    })
    await test.journal.write(plan)
    await test.journal.write(plan, taskArn)
    expect(test.warnings).toEqual([expect.stringMatching(/^Could not write the session journal/)])
  })

  it('warns once of each entry that is damaged, and leaves it', async () => {
    using test = startJournal()
    const { journal, directory, warnings } = test
    await journal.write(plan)
    writeFileSync(join(directory, 'cut.json'), '{"version": 2, "sess')
    writeFileSync(join(directory, 'later.json'), '{"version": 9}')
    mkdirSync(join(directory, 'directory.json'))
    expect(await journal.read()).toHaveLength(1)
    expect(await journal.read()).toHaveLength(1)
    expect(warnings.toSorted()).toEqual([
      expect.stringMatching(
        /^Skipped .*cut\.json: it is not an entry .* If you need it no more, remove the file\.$/,
      ),
      expect.stringMatching(/^Skipped .*directory\.json: EISDIR/),
      expect.stringMatching(/^Skipped .*later\.json: it is not an entry/),
    ])
    expect(test.files()).toHaveLength(4)
  })
})

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
    const error = { code: 'journal-unwritable', hint: expect.stringContaining('XDG_STATE_HOME') }
    await expect(test.journal.detach(NOTE)).rejects.toMatchObject(error)
    await expect(test.journal.checkWritable()).rejects.toMatchObject(error)
  })

  it('leaves nothing when it only checks that its key can be kept', async () => {
    using test = startJournal()
    await test.journal.checkWritable()
    expect(test.files()).toEqual([])
  })

  it('whose key is gone says how to end it', async () => {
    using test = startJournal()
    await expect(test.journal.readKey(session)).rejects.toMatchObject({
      code: 'session-unknown',
      hint: expect.stringContaining(`fargate-login stop ${session}`),
    })
  })
})
