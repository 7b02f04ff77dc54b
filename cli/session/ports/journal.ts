import type { DetachedSession } from '../../core/journal/journal-entry.ts'
import type { NotedSession } from '../../core/journal/owner-state.ts'
import type { Plan } from '../../core/plan/plan.ts'

/** What the journal keeps of a plan. */
export type NotedPlan = Pick<Plan, 'session' | 'runTask'>

/** What it takes to come back to a session that goes on without us, except for its key. */
export interface DetachInput {
  readonly plan: NotedPlan
  readonly taskArn: string
  readonly detached: DetachedSession
  /** The user's private key, in OpenSSH form. */
  readonly privateKey: string
}

/** What this machine remembers of its sessions, so that one whose process is killed leaves a trace. */
export interface Journal {
  /** Before RunTask, and again when the ARN is known. Never rejects: the session is worth more than its entry. */
  write(plan: NotedPlan, taskArn?: string): Promise<void>
  /** Its process ends by itself, and its launch or its stop was never confirmed. Never rejects. */
  giveUp(session: string, unconfirmed: 'launch' | 'stop'): Promise<void>
  /** Once no task of the session runs any more. Never rejects. */
  remove(session: string): Promise<void>
  /** What is noted and can be read, the oldest first. */
  read(): Promise<readonly NotedSession[]>
  /**
   * The session goes on without us: notes how to come back, and keeps its key.
   * @throws FargateLoginError `journal-unwritable`
   */
  detach(input: DetachInput): Promise<void>
  /** The file in which the key of a detached session is kept. */
  keyFile(session: string): string
  /** @throws FargateLoginError `session-unknown` when the key is not there any more */
  readKey(session: string): Promise<string>
}
