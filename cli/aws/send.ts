import { FargateLoginError } from '../core/error.ts'
import type { AwsAccess } from '../core/text/paste.ts'
import { unlessAborted } from '../core/wait/settle.ts'
import { startLimit } from '../core/wait/time-limit.ts'
import { fromSdk } from './aws-error.ts'
import { REQUEST_TIMEOUT_MS } from './clients.ts'
import { NOT_AWS } from './parse/answer.ts'

export interface CallOptions {
  readonly requestTimeout: number
  readonly abortSignal?: AbortSignal
}

/** A client of the SDK, of whichever service. */
interface Client {
  send(command: never, options: CallOptions): Promise<unknown>
}

/** What the answer to a command of the SDK is. */
type Answer<Command> = Command extends {
  resolveMiddleware(...args: never): (...args: never) => Promise<{ output: infer Output }>
}
  ? Output
  : never

export interface SendOptions {
  /** Milliseconds for one of the SDK's attempts. */
  readonly requestTimeoutMs?: number
}

/** Sends one command, named as IAM spells it without its service, e.g. `RunTask`. */
export type Send = <Command>(
  operation: string,
  command: Command,
  signal: AbortSignal,
  options?: SendOptions,
) => Promise<Answer<Command>>

/** The SDK's own tries included: it waits without end for the rest of an answer that has begun. */
const TIME_LIMIT_SECONDS = 90

/**
 * Calls of one service. What the SDK throws becomes our one error, AWS's words kept verbatim. A cancel keeps the signal's
 * own reason, and is obeyed at once, even where the SDK waits for a credential process.
 */
export function makeSend(service: 'ecs' | 'ec2' | 'sts', client: Client, access: AwsAccess): Send {
  return async (name, command, signal, { requestTimeoutMs = REQUEST_TIMEOUT_MS } = {}) => {
    const operation = `${service}:${name}`
    using limit = startLimit(TIME_LIMIT_SECONDS, () => tooSlow(operation), signal)
    const abortSignal = limit.signal
    const options = { requestTimeout: requestTimeoutMs, abortSignal }
    try {
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
  const message = `${operation}: no whole answer within ${TIME_LIMIT_SECONDS} s.`
  return new FargateLoginError('aws-unreachable', message, { hint: NOT_AWS })
}
