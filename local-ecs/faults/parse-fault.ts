import { parseCallFault } from './call-faults.ts'
import type { Fault } from './fault.ts'
import { parseTaskFault } from './task-faults.ts'

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
