import { formatDuration } from '../text/duration.ts'
import { ownCommand, sessionCommand } from '../text/paste.ts'
import type { JournalEntry } from './journal-entry.ts'

/** For a session that no process will stop. Whether its task runs, nobody has asked. */
export function leftBehindText(entry: JournalEntry, now: Date): string {
  return (
    `Session ${entry.session} ${where(entry)}, begun ${ageText(entry, now)} ago, was left behind: ${why(entry)} ` +
    `Its task may still run and cost money. Stop it with: ${sessionCommand('stop', entry.session)}`
  )
}

function why({ unconfirmed }: JournalEntry): string {
  switch (unconfirmed) {
    case 'launch':
      return 'RunTask did not answer, and no task was found.'
    case 'stop':
      return 'the stop of its task was not confirmed.'
    default:
      return 'its process ended without a stop.'
  }
}

/** For a session that goes on without a process of this machine. */
export function detachedText(session: string, keyFile: string): string {
  return `Session ${session} was left running: ${sessionCommand('attach', session)}. Its key is in ${keyFile}.`
}

/** For a session that list does not look at, because it is in another place. */
export function elsewhereText(entry: JournalEntry, now: Date): string {
  const command = ownCommand(entry.access, 'list', '--cluster', entry.cluster)
  return `Session ${entry.session} ${where(entry)}, begun ${ageText(entry, now)} ago, is listed by: ${command}`
}

/** Seconds. */
export function entryAge({ createdAt }: JournalEntry, now: Date): number {
  return Math.max(0, (now.getTime() - Date.parse(createdAt)) / 1000)
}

function where({ cluster, access }: JournalEntry): string {
  return `on cluster ${cluster}${access.region === undefined ? '' : ` in ${access.region}`}`
}

function ageText(entry: JournalEntry, now: Date): string {
  return formatDuration(entryAge(entry, now))
}
