import type { RemoteExit } from '../../core/exit-status.ts'

/** Programs of this machine. */
export interface Programs {
  /**
   * Runs a program on our own standard streams. Until it ends, our signals go to it. An abort ends it with SIGTERM.
   * @param argv program and arguments
   * @param variables added to our own environment
   * @throws FargateLoginError `usage` if it cannot be started, with exit status 126 or 127 as in a shell
   */
  run(
    argv: readonly string[],
    variables: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<RemoteExit>
}
