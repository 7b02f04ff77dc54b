import { FargateLoginError } from '../core/error.ts'
import { unlessAborted } from '../core/wait/settle.ts'
import { startLimit } from '../core/wait/time-limit.ts'
import { type AwsCaller, fromSdk } from './aws-error.ts'
import { REQUEST_TIMEOUT_MS } from './network/request-handler.ts'
import { NOT_AWS } from './parse/answer.ts'

interface CallOptions {
  readonly requestTimeout: number
  readonly abortSignal?: AbortSignal
}

/** An SDK client for any service. */
interface Client {
  send(command: never, options: CallOptions): Promise<unknown>
}

/** The output type of an SDK command. */
type Answer<Command> = Command extends {
  resolveMiddleware(...args: never): (...args: never) => Promise<{ output: infer Output }>
}
  ? Output
  : never

export interface SendOptions {
  /** Milliseconds for one of the SDK's attempts. */
  readonly requestTimeoutMs?: number
}

/** Sends one command. `operation` is IAM's name without the service, e.g. `RunTask`. */
export type Send = <Command>(
  operation: string,
  command: Command,
  signal: AbortSignal,
  options?: SendOptions,
) => Promise<Answer<Command>>

/** Includes the SDK's own retries. The SDK would wait without limit for the rest of a partial answer. */
const TIME_LIMIT_SECONDS = 90

/**
 * Makes the calls of one service. It turns the SDK's errors into our own, with AWS's words verbatim. A cancel takes
 * effect at once, even while the SDK waits for a credential process, and keeps the signal's reason.
 */
export function makeSend(service: 'ecs' | 'ec2' | 'sts', client: Client, access: AwsCaller): Send {
  return async (name, command, signal, { requestTimeoutMs = REQUEST_TIMEOUT_MS } = {}) => {
    const operation = `${service}:${name}`
    using limit = startLimit(TIME_LIMIT_SECONDS, () => tooSlow(operation), signal)
    const abortSignal = limit.signal
    const options = { requestTimeout: requestTimeoutMs, abortSignal }
    try {
      abortSignal.throwIfAborted()
      return (await unlessAborted(client.send(command as never, options), abortSignal)) as Answer<
        typeof command
      >
    } catch (error) {
      abortSignal.throwIfAborted()
      throw fromSdk(operation, error, access)
    }
  }
}

function tooSlow(operation: string): FargateLoginError {
  const message = `${operation}: no complete answer within ${TIME_LIMIT_SECONDS} s.`
  return new FargateLoginError('aws-unreachable', message, { hint: NOT_AWS })
}
