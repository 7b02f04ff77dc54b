import { access as canAccess, constants, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FargateLoginError } from '../core/error.ts'
import { type JournalEntry, parseJournalEntry } from '../core/journal/journal-entry.ts'
import { type NotedSession, ownerState } from '../core/journal/owner-state.ts'
import { arnAccount, arnRegion } from '../core/text/arn.ts'
import { type AwsAccess, adviceText, commandForSession } from '../core/text/paste.ts'
import type { Journal, NotedPlan } from '../session/ports/journal.ts'
import type { Reporter } from '../session/ports/reporter.ts'
import { identify, startTimeOf, surroundings } from './process-identity.ts'
import { writeWhole } from './write-whole.ts'

export interface JournalOptions {
  /** Contains one file for each session. Created with the first one. */
  readonly directory: string
  /** How later commands reach the session's AWS. */
  readonly access: AwsAccess
  readonly reporter: Pick<Reporter, 'warn' | 'debug'>
}

/** Keeps small files. Each is written completely under another name, then renamed. */
export function makeJournal({ directory, access, reporter }: JournalOptions): Journal {
  const fileOf = (session: string) => join(directory, `${session}.json`)
  const keyFile = (session: string) => join(directory, `${session}.key`)
  const createdAt = new Date().toISOString()
  let warned = false
  const warn = (error: unknown) => {
    const message = `${directory}: ${(error as Error).message}`
    if (warned) return reporter.debug(message)
    warned = true
    reporter.warn(
      `Could not write the session journal: ${message}; if this process is killed, nothing will remind you of its task.`,
    )
  }
  const writeEntry = async ({ session, runTask }: NotedPlan, more: Partial<JournalEntry>) => {
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
      startedBy: runTask.startedBy,
      clientToken: runTask.clientToken,
      ...more,
    }
    await writeWhole(directory, fileOf(session), fileText(entry))
  }
  return {
    keyFile,
    async write(plan, taskArn) {
      await writeEntry(plan, taskArn === undefined ? {} : { taskArn }).catch(warn)
    },

    async giveUp(session, unconfirmed) {
      const file = fileOf(session)
      try {
        const entry = parseJournalEntry(await readFile(file, 'utf8'))
        if (entry) await writeWhole(directory, file, fileText({ ...entry, unconfirmed }))
      } catch (error) {
        reporter.debug((error as Error).message)
      }
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
        throw new FargateLoginError(
          'journal-unwritable',
          `The key of the session could not be saved: ${directory}: ${(error as Error).message}.`,
          {
            hint: 'Without the key you could not return. Fix that, or set XDG_STATE_HOME to another directory.',
            cause: error,
          },
        )
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
      const names = await readdir(directory).catch(() => [])
      const files = names.filter((name) => name.endsWith('.json')).map((name) => join(directory, name))
      const found = await Promise.all(files.map((file) => readEntry(file, reporter)))
      return found
        .filter((noted) => noted !== undefined)
        .toSorted((a, b) => a.entry.createdAt.localeCompare(b.entry.createdAt))
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
  keyFile: () => '',
  hasKey: async () => false,
  readKey: async () => '',
}

function fileText(entry: JournalEntry): string {
  return `${JSON.stringify(entry, null, 2)}\n`
}

/** Skips an unreadable file, because it may come from a later version or a full disk. */
async function readEntry(file: string, reporter: Pick<Reporter, 'debug'>): Promise<NotedSession | undefined> {
  try {
    const entry = parseJournalEntry(await readFile(file, 'utf8'))
    if (entry && file.endsWith(`/${entry.session}.json`)) {
      const startTime = await startTimeOf(entry.owner.pid)
      return { entry, owner: ownerState(entry.owner, await surroundings(), startTime) }
    }
    reporter.debug(`skipped ${file}: it is not a readable journal entry`)
  } catch (error) {
    reporter.debug(`skipped ${file}: ${(error as Error).message}`)
  }
  return undefined
}
