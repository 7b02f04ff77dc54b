import type { Config } from '../core/config.ts'
import type { Ports } from '../session/ports.ts'
import type { StandardStreams } from '../terminal/terminal.ts'

/** What a command gets from the process around it. */
export interface Context {
  /** The words after `--`; `undefined` where there was none. */
  readonly words: readonly string[] | undefined
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly directory: string
  readonly streams: StandardStreams
  /** Aborted by SIGINT, SIGTERM, SIGHUP and SIGQUIT. */
  readonly cancel: AbortSignal
  readonly compose: Compose
  /** Takes the exit status of the command. */
  finish(status: number): void
}

/** Builds the real adapters (loads AWS SDK and SSH only then); disposing takes down what `--local` started. */
export type Compose = (config: Config, context: Context) => Promise<Composition>

export interface Composition extends AsyncDisposable {
  /** The given one; with `--local` its infrastructure is the embedded ECS's. */
  readonly config: Config
  readonly ports: Ports
}
