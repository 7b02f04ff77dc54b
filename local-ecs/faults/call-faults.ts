import { ALL_OPERATIONS } from '../operations/operation-names.ts'
import type { Call } from '../protocol/call.ts'
import type { HttpAnswer } from '../protocol/http-answer.ts'
import { pause } from '../task/pause.ts'
import { failureAnswer, hasFailures } from './failure-answer.ts'
import { errorRefusal, statusRefusal } from './fault-refusal.ts'

/** What the client gets: an answer, a broken connection, or nothing at all. */
export type Reply = HttpAnswer | 'reset' | 'silence'

/** A call with a fault. */
export interface FaultyCall {
  readonly call: Call
  /** Aborted at the take-down. */
  readonly closing: AbortSignal
  /** Carries out the call. @param instead runs instead of the operation; an error that it throws is the refusal */
  answer(instead?: () => unknown): Promise<HttpAnswer>
}

/** A row of the table in docs/local.md: a fault as the command line takes it, and what a client sees. */
export type FaultRow = readonly [example: string, effect: string]

/** One kind of fault of a call. */
interface CallFaultKind<Fault> {
  readonly rows: readonly FaultRow[]
  /** Parses WHAT of `OPERATION=WHAT`. @returns `undefined` if it is not of this kind */
  parse(what: string, operation: string): Fault | undefined
  reply(fault: Fault, call: FaultyCall): Promise<Reply>
}

/** AWS's own answers without a body that a client can read. */
const STATUSES: readonly string[] = ['500', '503']

/**
 * The kinds by the member that identifies their faults, e.g. `{ operation: 'RunTask', failure: 'RESOURCE:CPU' }`. To
 * add a kind, add an entry here and its rows in docs/local.md.
 */
const CALL_FAULTS = {
  error: kind<{ readonly error: string; readonly message?: string; readonly status?: number }>({
    rows: [['DescribeTasks=ThrottlingException*3', 'an exception of AWS, in its words']],
    parse: (what) => (/^[A-Z]\w+$/.test(what) ? { error: what } : undefined),
    reply: (fault, { call, answer }) =>
      answer(() => {
        throw errorRefusal(call.operation, fault)
      }),
  }),

  failure: kind<{ readonly failure: string; readonly detail?: string }>({
    rows: [
      ['RunTask=failure:RESOURCE:MEMORY', 'HTTP 200 and `failures`'],
      ['DescribeTasks=failure:MISSING', 'HTTP 200 and `failures`'],
    ],
    parse: (what, operation) =>
      /^failure:./.test(what) && hasFailures(operation)
        ? { failure: what.slice('failure:'.length) }
        : undefined,
    reply: (fault, { call, answer }) => answer(() => failureAnswer(call, fault)),
  }),

  answerAfter: kind<{ /** Milliseconds. */ readonly answerAfter: number }>({
    rows: [['DescribeTasks=after:2000', 'the answer comes two seconds late']],
    parse: (what) =>
      /^after:\d+$/.test(what) ? { answerAfter: Number(what.slice('after:'.length)) } : undefined,
    async reply({ answerAfter }, { closing, answer }) {
      await pause(answerAfter, closing)
      return answer()
    },
  }),

  connection: kind<{ readonly connection: 'hang' | 'reset' | 'answer-lost' | 'answer-withheld' }>({
    rows: [
      ['StopTask=hang', 'no answer, ever; nothing was done'],
      ['RunTask=answer-withheld', 'no answer, ever; it was done'],
      ['RunTask=reset', 'the connection breaks; nothing was done'],
      ['RunTask=answer-lost', 'the connection breaks; it was done'],
    ],
    parse(what) {
      const connections = ['hang', 'reset', 'answer-lost', 'answer-withheld'] as const
      const connection = connections.find((each) => each === what)
      return connection && { connection }
    },
    async reply({ connection }, { answer }) {
      if (connection === 'answer-lost' || connection === 'answer-withheld') await answer()
      return connection === 'reset' || connection === 'answer-lost' ? 'reset' : 'silence'
    },
  }),

  // Must be last, because an error fault may have a status as well.
  status: kind<{ readonly status: number }>({
    rows: [['RunTask=500', 'a bare HTTP 500 (or 503)']],
    parse: (what) => (STATUSES.includes(what) ? { status: Number(what) } : undefined),
    reply: ({ status }, { answer }) =>
      answer(() => {
        throw statusRefusal(status)
      }),
  }),
} as const

/** A fault in calls of one operation, e.g. `RunTask` or `DescribeNetworkInterfaces`. */
export type CallFault = { readonly operation: string } & FaultOf<
  (typeof CALL_FAULTS)[keyof typeof CALL_FAULTS]
>
type FaultOf<Kind> = Kind extends CallFaultKind<infer Fault> ? Fault : never

/** The rows for the docs. */
export const CALL_FAULT_ROWS: readonly FaultRow[] = Object.values(CALL_FAULTS).flatMap(({ rows }) => rows)

export function parseCallFault(operation: string, what: string): CallFault | undefined {
  if (!ALL_OPERATIONS.includes(operation)) return undefined
  for (const { parse } of Object.values(CALL_FAULTS)) {
    const fault = parse(what, operation)
    if (fault) return { operation, ...fault }
  }
  return undefined
}

/** Says why an operation has no such fault; `undefined` if WHAT is of no kind at all. */
export function callFaultMistake(operation: string, what: string): string | undefined {
  if (/^\d+$/.test(what)) return `AWS does not answer with status ${what}. Use ${STATUSES.join(' or ')}.`
  if (!what.startsWith('failure:') || hasFailures(operation)) return undefined
  return `The answer of ${operation} has no failures. Use an exception, such as ${operation}=ServerException.`
}

/** Replies to a call as its fault demands. */
export function replyWithFault(fault: CallFault, call: FaultyCall): Promise<Reply> {
  const [, found] = Object.entries(CALL_FAULTS).find(([member]) => member in fault) ?? []
  // Its member identifies the fault's kind.
  return (found as CallFaultKind<CallFault>).reply(fault, call)
}

/** Lets TypeScript check each entry against its fault. */
function kind<Fault>(entry: CallFaultKind<Fault>): CallFaultKind<Fault> {
  return entry
}
