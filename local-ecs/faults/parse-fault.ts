import { ALL_OPERATIONS } from '../operations/operation-names.ts'
import { CALL_FAULT_ROWS, type CallFault, callFaultMistake, parseCallFault } from './call-faults.ts'
import { parseTaskFault, TASK_FAULT_ROWS, type TaskFault } from './task-faults.ts'

/** What goes wrong, in the words in which ECS fails. Without `times` it goes wrong every time. */
export type Fault = (CallFault | TaskFault) & { readonly times?: number }

/** The table in docs/local.md: a fault as `fargate-login local --fault` takes it, and what a client sees. */
export const FAULT_ROWS = [...CALL_FAULT_ROWS, ...TASK_FAULT_ROWS]

const FAULT = /^(\w+)=([^*]+)(?:\*([1-9]\d*))?$/

/**
 * Parses a fault from the command line: `OPERATION=WHAT[*TIMES]` or `task=WHAT[*TIMES]`. Each kind of fault parses its
 * own WHAT.
 * @returns `undefined` if the text is not a fault
 */
export function parseFault(text: string): Fault | undefined {
  const [, subject, what, times] = FAULT.exec(text) ?? []
  if (subject === undefined || what === undefined) return undefined
  const fault = subject === 'task' ? parseTaskFault(what) : parseCallFault(subject, what)
  return fault && { ...fault, ...(times !== undefined && { times: Number(times) }) }
}

/** Says what is wrong with a text that is not a fault, and what is right. */
export function faultMistake(text: string): string {
  const [, subject = '', what = ''] = FAULT.exec(text) ?? []
  if (subject === '' || subject === 'task') return GRAMMAR
  if (!ALL_OPERATIONS.includes(subject)) return unknownOperation(subject)
  return callFaultMistake(subject, what) ?? GRAMMAR
}

const GRAMMAR = 'Expected OPERATION=WHAT or task=WHAT, with an optional *TIMES; see docs/local.md.'

function unknownOperation(subject: string): string {
  const near = ALL_OPERATIONS.filter((name) => name.toLowerCase().includes(subject.toLowerCase()))
  const advice = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'docs/local.md lists them.'
  return `The local ECS has no operation ${subject}. ${advice}`
}
