import { lateText } from '../../core/link/late-text.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { Ports } from '../ports/ports.ts'
import type { StepLimit } from '../ports/reporter.ts'
import type { Task } from '../task/task.ts'
import { Link } from './link.ts'
import { Attempts, type Target } from './open-connection.ts'
import { waitingText } from './waiting-text.ts'

/** How long a RUNNING task usually needs at most until its sshd answers. */
const LATE_SECONDS = 10

export interface OpenLinkInput extends Omit<Target, 'session'> {
  readonly task: Pick<Task, 'watch'>
  readonly plan: Pick<Plan, 'session' | 'derivation'>
  readonly limit: StepLimit
}

/** Opens the link to a new task. If that takes long although the task is RUNNING, it says once what is probably wrong. */
export async function openLink(input: OpenLinkInput, ports: Ports, signal: AbortSignal): Promise<Link> {
  const attempts = new Attempts()
  const opened = new AbortController()
  const late = warnWhenLate(input, attempts, ports, AbortSignal.any([signal, opened.signal]))
  try {
    const { reach, privateKey, forwardAgent = false, plan, limit } = input
    const target = { session: plan.session, reach, privateKey, forwardAgent }
    return await Link.open(target, ports, signal, { limit, attempts })
  } finally {
    opened.abort()
    await late
  }
}

/** Resolves after the warning, or when the signal aborts. */
async function warnWhenLate(
  { task, plan, reach, limit }: OpenLinkInput,
  attempts: Attempts,
  { clock, reporter }: Pick<Ports, 'clock' | 'reporter'>,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const { lastStatus } of task.watch.snapshots(signal)) {
      if (lastStatus === 'RUNNING') break
    }
    await clock.sleep(LATE_SECONDS * 1000, signal)
    const injected = plan.derivation !== undefined
    const { last } = attempts
    reporter.warn(lateText({ last, reach, seconds: LATE_SECONDS, injected }))
    // The wait goes on, and a warning ends the progress line.
    reporter.step('connection', waitingText('waiting', reach.route, last), limit)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
