import type { Config } from '../core/config/config.ts'
import type { Ports } from '../session/ports/ports.ts'
import type { Terminal } from '../session/ports/terminal.ts'
import type { StandardStreams } from '../terminal/terminal.ts'

/** The process around a command. */
export interface ProcessContext {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly directory: string
  readonly streams: StandardStreams
  /** Aborted by SIGINT, SIGTERM, SIGHUP and SIGQUIT. */
  readonly cancel: AbortSignal
}

/** What a command gets to do its work with. */
export interface Context extends ProcessContext {
  /** What follows the first `--`, for the far end; `undefined` where there was no `--`. */
  readonly remoteArgv: readonly string[] | undefined
  /** Builds the real adapters (loads AWS SDK and SSH only then); disposing takes down what `--local` started. */
  compose(requested: Config): Promise<Composition>
  /** Takes the exit status of the command. */
  finish(status: number): void
}

export interface Composition extends AsyncDisposable {
  /** The requested one; with `--local` its infrastructure is the embedded ECS's. */
  readonly config: Config
  readonly ports: Ports
  /** On our own standard streams. */
  readonly terminal: Terminal
}
