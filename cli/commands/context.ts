import type { Config } from '../core/config/config.ts'
import type { TypedCommand } from '../core/text/typed-command.ts'
import type { Ports } from '../session/ports/ports.ts'
import type { Terminal } from '../session/ports/terminal.ts'
import type { StandardStreams } from '../terminal/terminal.ts'

/** The process that runs a command. */
export interface ProcessContext {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly directory: string
  readonly streams: StandardStreams
  /** Aborted by SIGINT, SIGTERM, SIGHUP and SIGQUIT. */
  readonly cancel: AbortSignal
  /** Hands these signals to the listener instead, until it is disposed of: for a command that runs a local program. */
  divertSignals(listener: (signal: NodeJS.Signals) => void): Disposable
}

/** Everything that a command works with. */
export interface Context extends ProcessContext {
  /** The arguments after the first `--`, for the remote command; `undefined` if there was no `--`. */
  readonly remoteArgv: readonly string[] | undefined
  /** What the user typed, for commands to paste. */
  readonly typed: TypedCommand
  /** Builds the real adapters, and only then loads AWS SDK and SSH. Disposing stops what `--local` started. */
  compose(requested: Config): Promise<Composition>
  /** Takes the exit status of the command. */
  finish(status: number): void
}

export interface Composition extends AsyncDisposable {
  /** The requested config; with `--local`, completed with the embedded ECS's values. */
  readonly config: Config
  readonly ports: Ports
  /** Asks for the code of an MFA device now, if AWS needs one. Later, a time limit could pass before it is typed. */
  signIn(): Promise<void>
  /** On our own standard streams. */
  readonly terminal: Terminal
}
