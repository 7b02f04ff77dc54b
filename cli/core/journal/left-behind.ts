import { formatDuration } from '../text/duration.ts'
import { type Advice, commandForSession, ownCommand } from '../text/paste.ts'
import type { JournalEntry } from './journal-entry.ts'

/** Describes a session that no process will stop. Its task may or may not still run. */
export function leftBehindAdvice(entry: JournalEntry, now: Date): Advice {
  const { session } = entry
  return {
    text:
      `Session ${session} ${where(entry)}, started ${ageText(entry, now)} ago, was left behind: ${reasonText(entry)} ` +
      'Its task may still run and cost money. Stop it with:',
    command: commandForSession('stop', session),
  }
}

function reasonText({ unconfirmed }: JournalEntry): string {
  switch (unconfirmed) {
    case 'launch':
      return 'RunTask did not answer, and no task was found.'
    case 'stop':
      return 'the stop of its task was not confirmed.'
    default:
      return 'its process ended without stopping the task.'
  }
}

/** Describes a session in another place, which list does not search. */
export function elsewhereAdvice(entry: JournalEntry, now: Date): Advice {
  return {
    text: `Session ${entry.session} ${where(entry)} was started ${ageText(entry, now)} ago. List it with:`,
    command: ownCommand(entry.access, 'list', '--cluster', entry.cluster),
  }
}

/** In seconds. */
export function entryAge({ createdAt }: JournalEntry, now: Date): number {
  return Math.max(0, (now.getTime() - Date.parse(createdAt)) / 1000)
}

function where({ cluster, access }: JournalEntry): string {
  return `on cluster ${cluster}${access.region === undefined ? '' : ` in ${access.region}`}`
}

function ageText(entry: JournalEntry, now: Date): string {
  return formatDuration(entryAge(entry, now))
}
