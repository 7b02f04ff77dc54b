import { access as canAccess, constants, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FargateLoginError } from '../core/error.ts'
import { type JournalEntry, parseJournalEntry } from '../core/journal/journal-entry.ts'
import { arnAccount, arnRegion } from '../core/text/arn.ts'
import { type AwsAccess, adviceText, commandForSession } from '../core/text/paste.ts'
import type { Clock } from '../session/ports/clock.ts'
import type { Journal, NotedPlan } from '../session/ports/journal.ts'
import type { Reporter } from '../session/ports/reporter.ts'
import { lock } from './lock.ts'
import { identify } from './process-identity.ts'
import { readEntries } from './read-entries.ts'
import { writeWhole } from './write-whole.ts'

export interface JournalOptions {
  /** Contains one file for each session. Created with the first one. */
  readonly directory: string
  /** How later commands reach the session's AWS. */
  readonly access: AwsAccess
  readonly reporter: Pick<Reporter, 'warn' | 'debug'>
  readonly clock: Pick<Clock, 'wallNow'>
}

/** Keeps small files. Each is written completely under another name, then renamed. */
export function makeJournal({ directory, access, reporter, clock }: JournalOptions): Journal {
  const fileOf = (session: string) => join(directory, `${session}.json`)
  const keyFile = (session: string) => join(directory, `${session}.key`)
  const createdAt = clock.wallNow().toISOString()
  const damaged = new Set<string>()
  let warned = false
  let unreadable: Error | undefined
  const warn = (error: unknown) => {
    const message = `${directory}: ${(error as Error).message}`
    if (warned) return reporter.debug(message)
    warned = true
    reporter.warn(
      `Could not write the session journal: ${message}; if this process is killed, nothing will remind you of its task.`,
    )
  }
  const writeEntry = async ({ session, runTask, target }: NotedPlan, more: Partial<JournalEntry>) => {
    const account = arnAccount(runTask.taskDefinition)
    const region = arnRegion(runTask.taskDefinition)
    const entry: JournalEntry = {
      version: 2,
      session,
      owner: await identify(),
      createdAt,
      access: { ...access, ...(region !== undefined && { region }) },
      ...(account !== undefined && { account }),
      cluster: runTask.cluster,
      ...(target !== undefined && { target }),
      startedBy: runTask.startedBy,
      clientToken: runTask.clientToken,
      ...more,
    }
    await writeWhole(directory, fileOf(session), fileText(entry))
  }
  const change = async (session: string, by: (entry: JournalEntry) => JournalEntry) => {
    const file = fileOf(session)
    try {
      const entry = parseJournalEntry(await readFile(file, 'utf8'))
      if (entry) await writeWhole(directory, file, fileText(by(entry)))
    } catch (error) {
      reporter.debug((error as Error).message)
    }
  }
  // A session reads the journal for its warnings only. If it cannot be written either, the warning of that is enough.
  const warnIfUnreadable = () => {
    if (unreadable && !warned) reporter.warn(unreadable.message)
    warned ||= unreadable !== undefined
  }
  const warnOfDamage = (file: string, reason: string) => {
    if (damaged.has(file)) return
    damaged.add(file)
    reporter.warn(
      `Skipped ${file}: ${reason} Its task may still run. If you need it no more, remove the file.`,
    )
  }
  return {
    keyFile,
    async write(plan, taskArn) {
      await writeEntry(plan, taskArn === undefined ? {} : { taskArn }).then(warnIfUnreadable, warn)
    },

    async giveUp(session, unconfirmed) {
      await change(session, (entry) => ({ ...entry, unconfirmed }))
    },

    async remove(session) {
      for (const file of [keyFile(session), fileOf(session)]) {
        await rm(file, { force: true }).catch((error: Error) => reporter.debug(error.message))
      }
    },

    async detach({ plan, taskArn, detached, privateKey }) {
      try {
        await writeWhole(directory, keyFile(plan.session), privateKey)
        await writeEntry(plan, { taskArn, detached })
      } catch (error) {
        throw unwritable(directory, 'could not be saved', error)
      }
    },

    async keep({ plan, taskArn, kept, privateKey }) {
      try {
        await writeWhole(directory, keyFile(plan.session), privateKey)
        await writeEntry(plan, { taskArn, kept })
      } catch (error) {
        throw unwritable(directory, 'could not be saved', error)
      }
    },

    async keepUntil(session, until) {
      await change(session, (entry) =>
        entry.kept ? { ...entry, kept: { ...entry.kept, until: until.toISOString() } } : entry,
      )
    },

    lock: (name, signal, onWait) => lock(join(directory, `${name}.lock`), signal, onWait),

    async checkWritable() {
      const probe = join(directory, `probe-${process.pid}`)
      try {
        await writeWhole(directory, probe, '')
        await rm(probe)
      } catch (error) {
        throw unwritable(directory, 'cannot be saved', error)
      }
    },

    async hasKey(session) {
      return await canAccess(keyFile(session), constants.R_OK).then(
        () => true,
        () => false,
      )
    },

    async readKey(session) {
      try {
        return await readFile(keyFile(session), 'utf8')
      } catch (error) {
        throw new FargateLoginError(
          'session-unknown',
          `The key of session ${session} cannot be read: ${(error as Error).message}.`,
          {
            hint: adviceText({
              text: 'You cannot return to that session without it. Stop it with:',
              command: commandForSession('stop', session),
            }),
            cause: error,
          },
        )
      }
    },

    async read() {
      return await readEntries(directory, warnOfDamage).catch((error: Error) => {
        unreadable = error
        throw error
      })
    },
  }
}

/** For `--local`: the embedded ECS ends with its process, and its tasks with it. */
export const NO_JOURNAL: Journal = {
  write: async () => {},
  giveUp: async () => {},
  remove: async () => {},
  read: async () => [],
  detach: async () => {},
  keep: async () => {},
  keepUntil: async () => {},
  lock: async () => ({ [Symbol.asyncDispose]: async () => {} }),
  checkWritable: async () => {},
  keyFile: () => '',
  hasKey: async () => false,
  readKey: async () => '',
}

function fileText(entry: JournalEntry): string {
  return `${JSON.stringify(entry, null, 2)}\n`
}

function unwritable(directory: string, fact: string, cause: unknown): FargateLoginError {
  return new FargateLoginError(
    'journal-unwritable',
    `The key of the session ${fact}: ${directory}: ${(cause as Error).message}.`,
    {
      hint: 'Without the key you could not return. Fix that, or set XDG_STATE_HOME to another directory.',
      cause,
    },
  )
}
