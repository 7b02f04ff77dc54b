/** What to do once the task is reachable. Each kind has a file in session/activities/. */
export type Activity =
  /** Login, exec, rails, run: run a program and wait for its end. */
  | { readonly kind: 'attend'; readonly program: PlannedProgram }
  /** Start the program on a terminal that the task holds, and leave it running for `attach`. */
  | { readonly kind: 'detach'; readonly program: PlannedProgram }

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
