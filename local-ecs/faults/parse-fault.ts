import { CALL_FAULT_ROWS, type CallFault, parseCallFault } from './call-faults.ts'
import { parseTaskFault, TASK_FAULT_ROWS, type TaskFault } from './task-faults.ts'

/** What goes wrong, in the words in which ECS fails. Without `times` it goes wrong every time. */
export type Fault = (CallFault | TaskFault) & { readonly times?: number }

/** The table in docs/local.md: a fault as `fargate-login local --fault` takes it, and what a client sees. */
export const FAULT_ROWS = [...CALL_FAULT_ROWS, ...TASK_FAULT_ROWS]

/**
 * Parses a fault from the command line: `OPERATION=WHAT[*TIMES]` or `task=WHAT[*TIMES]`. Each kind of fault parses its
 * own WHAT.
 * @returns `undefined` if the text is not a fault
 */
export function parseFault(text: string): Fault | undefined {
  const [, subject, what, times] = /^(\w+)=([^*]+)(?:\*([1-9]\d*))?$/.exec(text) ?? []
  if (subject === undefined || what === undefined) return undefined
  const fault = subject === 'task' ? parseTaskFault(what) : parseCallFault(subject, what)
  return fault && { ...fault, ...(times !== undefined && { times: Number(times) }) }
}
