import type { CallFault, Fault, TaskFault } from './fault.ts'

/** The faults in force. A test adds and clears them while the local ECS runs. */
export interface Faults {
  add(...faults: readonly Fault[]): void
  clear(): void
  /** The fault that strikes this call, if one does: the one that was added first. */
  strikeCall(operation: string): CallFault | undefined
  /** All that strike a new task. */
  strikeTask(): readonly TaskFault[]
}

export function makeFaults(initial: readonly Fault[] = []): Faults {
  const armed: { readonly fault: Fault; left: number }[] = []
  const strike = (entry: (typeof armed)[number]) => {
    entry.left -= 1
    if (entry.left <= 0) armed.splice(armed.indexOf(entry), 1)
    return entry.fault
  }
  const faults: Faults = {
    add(...added) {
      for (const fault of added) armed.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY })
    },
    clear() {
      armed.length = 0
    },
    strikeCall(operation) {
      const entry = armed.find(({ fault }) => 'operation' in fault && fault.operation === operation)
      return entry && (strike(entry) as CallFault)
    },
    strikeTask() {
      return armed.filter(({ fault }) => 'task' in fault).map((entry) => strike(entry) as TaskFault)
    },
  }
  faults.add(...initial)
  return faults
}
