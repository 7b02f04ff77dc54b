import type { CallFault } from './call-faults.ts'
import type { Fault } from './parse-fault.ts'
import type { TaskFault } from './task-faults.ts'

/** The active faults. A test can add and clear them while the local ECS runs. */
export interface ArmedFaults {
  add(...faults: readonly Fault[]): void
  clear(): void
  /** Takes the oldest fault for this operation, if there is one. It counts as one of its `times`. */
  takeCallFault(operation: string): CallFault | undefined
  /** Takes all faults for a new task. Each counts as one of its `times`. */
  takeTaskFaults(): readonly TaskFault[]
}

export function armFaults(initial: readonly Fault[] = []): ArmedFaults {
  const armed: { readonly fault: Fault; remaining: number }[] = []
  const take = (entry: (typeof armed)[number]) => {
    entry.remaining -= 1
    if (entry.remaining <= 0) armed.splice(armed.indexOf(entry), 1)
    return entry.fault
  }
  const faults: ArmedFaults = {
    add(...added) {
      for (const fault of added) armed.push({ fault, remaining: fault.times ?? Number.POSITIVE_INFINITY })
    },
    clear() {
      armed.length = 0
    },
    takeCallFault(operation) {
      const entry = armed.find(({ fault }) => 'operation' in fault && fault.operation === operation)
      return entry && (take(entry) as CallFault)
    },
    takeTaskFaults() {
      return armed.filter(({ fault }) => 'task' in fault).map((entry) => take(entry) as TaskFault)
    },
  }
  faults.add(...initial)
  return faults
}
