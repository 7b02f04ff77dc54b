/** The steps that progress lines name. Folders, docs and tests share the names. */
export type Step = 'config' | 'plan' | 'task' | 'address' | 'connection' | 'session' | 'stop'

/** Receives everything that the flow tells the user. terminal/ decides how to show it. */
export interface Reporter {
  /** A step begins, or enters another state. */
  step(step: Step, text: string): void
  /** A step succeeded. */
  done(step: Step, text: string): void
  /** The state of work that changes many times a second. It is shown on a terminal only. */
  progress(step: Step, text: string): void
  /** Something went wrong with a part of the work; the rest goes on. */
  problem(text: string): void
  warn(text: string): void
  /** Shown with --verbose only. */
  debug(text: string): void
}
