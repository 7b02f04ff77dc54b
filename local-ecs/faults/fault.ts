import { CALL_FAULT_ROWS, type CallFault } from './call-faults.ts'
import type { FaultRow } from './fault-row.ts'
import { TASK_FAULT_ROWS, type TaskFault } from './task-faults.ts'

/** What goes wrong, in the words in which ECS fails. Without `times` it goes wrong every time. */
export type Fault = (CallFault | TaskFault) & { readonly times?: number }

/** The table in docs/local.md. */
export const FAULT_ROWS: readonly FaultRow[] = [...CALL_FAULT_ROWS, ...TASK_FAULT_ROWS]
