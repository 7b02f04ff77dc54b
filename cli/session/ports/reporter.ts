/** The steps of a session. Folders, docs and tests share the names. */
export type Step = 'config' | 'plan' | 'task' | 'address' | 'connection' | 'session' | 'stop'

/** How long a step can last, for `14 s of 300 s`. */
export interface StepLimit {
  readonly seconds: number
  /** `clock.now()` at the beginning. */
  readonly since: number
}

/**
 * Receives everything that the flow tells the user. terminal/ decides what to show, and how. Texts are sentences
 * without their full stop. Commands to paste are apart from the text, because each has a line of its own.
 */
export interface Reporter {
  /** A step begins, or enters another state: "Starting web:42 (PROVISIONING)". */
  step(step: Step, text: string, limit?: StepLimit): void
  /** A step succeeded: "Connected as app to …". */
  done(step: Step, text: string): void
  /** The state of work that changes many times a second. It is shown on a terminal only. */
  progress(step: Step, text: string): void
  /** A fact or an advice for the person at the terminal. A script does not need it. */
  note(text: string, ...commands: readonly string[]): void
  /** Something went wrong with a part of the work; the rest goes on. */
  problem(text: string): void
  warn(text: string, ...commands: readonly string[]): void
  /** Shown with --verbose only. */
  debug(text: string): void
}
