import type { KeptTask } from '../journal/journal-entry.ts'
import { ageOf, type SessionTask } from './listed-task.ts'
import { centsFor } from './price.ts'

/** How a session stays when its user leaves. */
export type Stay = 'detached' | KeptTask

/** One member of `list --json`, as docs/sessions.md documents it. `null` means unknown. */
export function sessionTaskJson(
  task: SessionTask,
  now: Date,
  stay?: Stay,
): Readonly<Record<string, unknown>> {
  const seconds = ageOf(task, now)
  const { centsPerHour } = task
  return {
    session: task.session,
    taskArn: task.arn,
    owner: task.owner ?? null,
    mine: task.mine,
    detached: stay === 'detached',
    keptSeconds: stay === 'detached' ? null : (stay?.keepSeconds ?? null),
    keptUntil: stay === 'detached' ? null : (stay?.until ?? null),
    status: task.lastStatus,
    createdAt: task.createdAt?.toISOString() ?? null,
    taskDefinition: task.taskDefinition,
    container: task.container ?? null,
    centsPerHour: centsPerHour ?? null,
    cents: centsPerHour === undefined || seconds === undefined ? null : centsFor(centsPerHour, seconds),
  }
}
