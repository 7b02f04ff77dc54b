import { CALL_FAULT_ROWS, type CallFault } from './call-faults.ts'
import type { FaultRow } from './fault-row.ts'
import { TASK_FAULT_ROWS, type TaskFault } from './task-faults.ts'

/** A failure in ECS's own words. Without `times`, it happens every time. */
export type Fault = (CallFault | TaskFault) & { readonly times?: number }

/** The table in docs/local.md. */
export const FAULT_ROWS: readonly FaultRow[] = [...CALL_FAULT_ROWS, ...TASK_FAULT_ROWS]
