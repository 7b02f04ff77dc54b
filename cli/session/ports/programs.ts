import type { RemoteExit } from '../../core/exit-status.ts'

/** Programs of this machine. */
export interface Programs {
  /**
   * Runs a program on our own standard streams. Until it ends, our signals go to it. An abort ends it with SIGTERM.
   * @throws FargateLoginError `usage` if it cannot be started, with exit status 126 or 127 as in a shell
   */
  run(input: ProgramInput, signal: AbortSignal): Promise<RemoteExit>
}

export interface ProgramInput {
  /** Program and arguments. */
  readonly argv: readonly string[]
  /** Added to our own environment. */
  readonly variables: Readonly<Record<string, string>>
  /** The same, for variables that are not set there. */
  readonly defaults: Readonly<Record<string, string>>
}
