import type { DetachedSession, KeptTask } from '../../core/journal/journal-entry.ts'
import type { NotedSession } from '../../core/journal/owner-state.ts'
import type { Plan } from '../../core/plan/plan.ts'

/** The part of a plan that the journal keeps. */
export type NotedPlan = Pick<Plan, 'session' | 'runTask' | 'target'>

/** Everything that a later `attach` needs. */
export interface DetachInput {
  readonly plan: NotedPlan
  readonly taskArn: string
  readonly detached: DetachedSession
  /** The user's private key, in OpenSSH form. */
  readonly privateKey: string
}

export interface KeepInput {
  readonly plan: NotedPlan
  readonly taskArn: string
  readonly kept: KeptTask
  /** The user's private key, in OpenSSH form. */
  readonly privateKey: string
}

/** This machine's record of its sessions. It gives a session whose process was killed a trace. */
export interface Journal {
  /** Runs before RunTask, and again when the ARN is known. Never rejects: the session matters more than its entry. */
  write(plan: NotedPlan, taskArn?: string): Promise<void>
  /** Records that the process ends without confirmation of the launch or the stop. Never rejects. */
  giveUp(session: string, unconfirmed: 'launch' | 'stop'): Promise<void>
  /** Runs when the task has ended. Never rejects. */
  remove(session: string): Promise<void>
  /**
   * All readable entries, oldest first. A damaged one is warned of once.
   * @throws FargateLoginError `journal-unreadable`, so that nobody takes it for empty
   */
  read(): Promise<readonly NotedSession[]>
  /**
   * Checks that `detach` will be able to keep the key.
   * @throws FargateLoginError `journal-unwritable`
   */
  checkWritable(): Promise<void>
  /**
   * Records how to return to a detached session, and keeps its key.
   * @throws FargateLoginError `journal-unwritable`
   */
  detach(input: DetachInput): Promise<void>
  /**
   * Records a kept task and its key.
   * @throws FargateLoginError `journal-unwritable`
   */
  keep(input: KeepInput): Promise<void>
  /** Records when a kept task ends if nobody connects again. Never rejects. */
  keepUntil(session: string, until: Date): Promise<void>
  /**
   * Waits until no other process of this user holds the lock of that name. A lock ends with its process.
   * @param onWait runs once if there is something to wait for
   */
  lock(name: string, signal: AbortSignal, onWait: () => void): Promise<AsyncDisposable>
  /** The file that keeps the key of a detached session or a kept task. */
  keyFile(session: string): string
  /** Whether that file can be read. */
  hasKey(session: string): Promise<boolean>
  /** @throws FargateLoginError `session-unknown` if the key is missing */
  readKey(session: string): Promise<string>
}
