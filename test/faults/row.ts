import type { ErrorCode } from '../../cli/core/error.ts'
import type { Fault } from '../../local-ecs/faults/parse-fault.ts'
import type { Delays } from '../../local-ecs/task/delays.ts'
import type { TestEcs } from '../helpers/ecs.ts'
import type { Client } from './helpers/client.ts'
import type { Image } from './helpers/image.ts'

/** The steps of the flow, finer than the seven words where a step can fail in several places. */
export type FaultStep =
  | 'credentials'
  | 'STS'
  | 'plan'
  | 'RunTask'
  | 'task'
  | 'address'
  | 'TCP'
  | 'handshake'
  | 'authentication'
  | 'channel'
  | 'session'
  | 'stop'

/** One step, one fault, and what is seen of it: a row of docs/faults.md. */
export interface Row {
  readonly step: FaultStep
  readonly fault: string
  readonly arrange?: Arrangement
  /** What happens while the client runs; without it, nothing. */
  readonly act?: (context: RowContext) => Promise<void>
  readonly expect: Expectation
  /** Where the row does not show what it should: the known defect. */
  readonly defect?: string
  /** About how long it lasts, in seconds, where that is more than a few: such rows are started first. */
  readonly seconds?: number
  readonly needs?: 'engine' | 'Linux'
}

export interface Arrangement {
  /** Options of the client. */
  readonly options?: readonly string[]
  /** What the session runs, `true` where it is not given. */
  readonly command?: readonly string[]
  /** On top of the local ECS's; `undefined` takes one away. */
  readonly variables?: (directory: string) => Readonly<Record<string, string | undefined>>
  readonly faults?: readonly Fault[]
  readonly delays?: Partial<Delays>
  readonly image?: Image
  readonly bounds?: Partial<Bounds>
  readonly runner?: 'container'
  /** On a real PTY, whose settings must be after the session what they were before. */
  readonly terminal?: true
  /** Redirections of the client's streams, as the shell has them. */
  readonly streams?: string
  /** Files and resources that are there before the client starts. */
  readonly make?: (context: Pick<RowContext, 'ecs' | 'directory'>) => Promise<unknown>
}

/** Time limits of the image, in seconds: short where they end the task, long elsewhere. */
export interface Bounds {
  readonly LINGER: number
  readonly CONNECT_GRACE: number
}

export interface RowContext {
  readonly ecs: TestEcs
  readonly client: Client
  /** Of this row alone; holds the client's TMPDIR, HOME and state. */
  readonly directory: string
  /** Resolves when the task's ECS state, and with `sees` what is true of it, is as wanted. */
  until(what: string, sees: () => boolean | Promise<boolean>): Promise<void>
  /** Sends a signal to what the task runs. */
  signalTask(signal: NodeJS.Signals): void
}

export interface Expectation {
  /** The client's exit status, or what killed it. */
  readonly status: number | 'SIGKILL'
  /** Absent where no error is shown. */
  readonly code?: ErrorCode
  /** The next action. */
  readonly hint?: RegExp
  /** The code of a second error: of the stop, as a rule. */
  readonly also?: ErrorCode
  /** A warning, or whatever else has to be said on stderr. */
  readonly says?: RegExp
  readonly stdout?: string
  readonly task: Fate
}

/** When no task is alive any more. */
export type Fate =
  | 'none is started'
  /** It is told to stop by the time the client ends. */
  | 'stopped by the client'
  /** It has ended by itself, or was stopped by others. */
  | 'ends by itself'
  | 'ends after its connect grace'
  | 'ends after its linger'
