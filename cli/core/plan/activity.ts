/** What is done once the task can be reached. Each kind has a file in session/activities/. */
export type Activity =
  /** Login, exec, rails, run: a program, attended until it ends. */
  | { readonly kind: 'attend'; readonly program: PlannedProgram }
  /** The same on a terminal that the task holds; it is left running, for `attach`. */
  | { readonly kind: 'detach'; readonly program: PlannedProgram }

export interface PlannedProgram {
  /** A command line for the remote shell; absent: the user's interactive shell. */
  readonly command?: string
  /** It gets a terminal. */
  readonly pty: boolean
}

/** How an activity ended, and what becomes of the task. */
export interface Ending {
  /** The exit status for our caller. */
  readonly status: number
  readonly task: TaskEnding
}

/** `stop` it, `leave` it as it is, or keep it warm for so long after its last connection; then it ends by itself. */
export type TaskEnding = 'stop' | 'leave' | { readonly keepWarmSeconds: number }
