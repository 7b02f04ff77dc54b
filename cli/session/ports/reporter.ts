/** The steps that progress lines name; also folders, docs and test folders. */
export type Step = 'config' | 'plan' | 'task' | 'address' | 'connection' | 'session' | 'stop'

/** What the flow tells the user; terminal/ decides how. */
export interface Reporter {
  /** A step begins, or moves on to another state. */
  step(step: Step, text: string): void
  /** A step ended well. */
  done(step: Step, text: string): void
  warn(text: string): void
  /** Only with --verbose. */
  debug(text: string): void
}
