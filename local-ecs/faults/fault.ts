import type { Delays } from '../task/delays.ts'
import type { StopCode } from '../task/task.ts'

/**
 * What shall go wrong, in the words in which ECS fails. Without `times` it goes wrong every time.
 *
 * | fault | what a client sees |
 * |---|---|
 * | `{ operation, error, message?, status? }` | the exception: ThrottlingException, AccessDeniedException, ... |
 * | `{ operation, status }` | a bare HTTP 500 or 503 |
 * | `{ operation, connection: 'hang' }` | no answer, ever |
 * | `{ operation, connection: 'reset' }` | the connection breaks, nothing was done |
 * | `{ operation, connection: 'answer-lost' }` | the connection breaks, it was done |
 * | `{ operation, connection: 'answer-withheld' }` | no answer, ever, it was done |
 * | `{ operation, answerAfter }` | the answer comes late |
 * | `{ operation, failure, detail? }` | HTTP 200 and `failures`: RESOURCE:CPU, MISSING, ... |
 * | `{ task: 'cannot-initialize', reason? }` | STOPPED with ResourceInitializationError |
 * | `{ task: 'cannot-pull', reason? }` | STOPPED with CannotPullContainerError |
 * | `{ task: 'cannot-start', reason? }` | STOPPED with CannotStartContainerError |
 * | `{ task: 'stops', after, stopCode?, reason? }` | stopped from outside in mid-session |
 * | `{ task: 'dies', after, reason? }` | its containers are killed, e.g. for their memory |
 * | `{ task: 'no-public-address' }` | EC2 never names a public address |
 * | `{ task: 'slow', state, delay }` | it stays in that state |
 */
export type Fault = (CallFault | TaskFault) & { readonly times?: number }

/** Strikes the calls of one operation, e.g. `RunTask` or `DescribeNetworkInterfaces`. */
export type CallFault = { readonly operation: string } & (
  | { readonly error: string; readonly message?: string; readonly status?: number }
  | { readonly status: number }
  | { readonly connection: 'hang' | 'reset' | 'answer-lost' | 'answer-withheld' }
  /** Milliseconds. */
  | { readonly answerAfter: number }
  | { readonly failure: string; readonly detail?: string }
)

/** Strikes tasks that are run from now on. */
export type TaskFault =
  | { readonly task: 'cannot-initialize' | 'cannot-pull' | 'cannot-start'; readonly reason?: string }
  /** Milliseconds after RUNNING. */
  | { readonly task: 'stops'; readonly after: number; readonly stopCode?: StopCode; readonly reason?: string }
  | { readonly task: 'dies'; readonly after: number; readonly reason?: string }
  | { readonly task: 'no-public-address' }
  /** Milliseconds. */
  | { readonly task: 'slow'; readonly state: keyof Delays; readonly delay: number }
