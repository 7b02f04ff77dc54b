import type { PlannedCopy } from '../copy/plan-copy.ts'

/** What to do once the task is reachable. Each kind has a file in session/activities/. */
export type Activity =
  /** Login, exec, rails, run: run a program and wait for its end. */
  | { readonly kind: 'attend'; readonly program: PlannedProgram }
  /** Start the program on a terminal that the task holds, and leave it running for `attach`. */
  | { readonly kind: 'detach'; readonly program: PlannedProgram }
  /** Copy files, in one direction. */
  | { readonly kind: 'copy'; readonly copy: PlannedCopy }
  /** Make sure that there is a kept task, and leave. */
  | { readonly kind: 'up' }
  /** Carry the bytes of stock ssh, for the host of that target. */
  | { readonly kind: 'proxy'; readonly target: string }
  /** Keep the plan's forwards up, for as long as the user wants or a command here runs. */
  | {
      readonly kind: 'forward'
      readonly command?: readonly string[]
      readonly database?: PlannedDatabase
    }

/** A forward to the database whose URL the task has in a variable. */
export interface PlannedDatabase {
  readonly variable: string
  /** Whether the URL is printed with its password. */
  readonly showPassword: boolean
}

export interface PlannedProgram {
  /** A command line for the remote shell; absent: the user's interactive shell. */
  readonly command?: string
  /** Whether it gets a terminal. */
  readonly pty: boolean
  /** Finds its stdin empty. */
  readonly withoutStdin?: true
}

/** How an activity ended, and what to do with the task. */
export interface Ending {
  /** The exit status for our caller. */
  readonly status: number
  readonly task: TaskEnding
}

/** `stop` it, `leave` it alone, or keep it warm: it ends this many seconds after its last connection. */
export type TaskEnding = 'stop' | 'leave' | { readonly keepWarmSeconds: number }

/** What becomes of the task when its user is done with it. */
export function afterUse({ keepSeconds }: { readonly keepSeconds?: number }): TaskEnding {
  return keepSeconds === undefined ? 'stop' : { keepWarmSeconds: keepSeconds }
}
