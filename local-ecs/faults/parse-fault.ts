import type { CallFault, Fault, TaskFault } from './fault.ts'

const CONNECTIONS = ['hang', 'reset', 'answer-lost', 'answer-withheld'] as const
const TASKS = ['cannot-initialize', 'cannot-pull', 'cannot-start', 'no-public-address'] as const
const LATER = ['stops', 'dies'] as const

/**
 * Reads a fault as the command line has it, `OPERATION=WHAT[*TIMES]` or `task=WHAT[*TIMES]`:
 * `RunTask=hang`, `DescribeTasks=ThrottlingException*3`, `StopTask=500`, `RunTask=failure:RESOURCE:MEMORY`,
 * `DescribeTasks=after:2000`, `task=cannot-pull`, `task=stops:5000` (milliseconds after RUNNING).
 * @returns `undefined` for what is none
 */
export function parseFault(text: string): Fault | undefined {
  const [, subject, what, times] = /^(\w+)=([^*]+)(?:\*([1-9]\d*))?$/.exec(text) ?? []
  if (subject === undefined || what === undefined) return undefined
  const fault = subject === 'task' ? taskFault(what) : callFault(subject, what)
  return fault && { ...fault, ...(times !== undefined && { times: Number(times) }) }
}

function callFault(operation: string, what: string): CallFault | undefined {
  const [, kind, detail] = /^(failure|after):(.+)$/.exec(what) ?? []
  if (kind === 'failure' && detail !== undefined) return { operation, failure: detail }
  if (kind === 'after')
    return /^\d+$/.test(detail ?? '') ? { operation, answerAfter: Number(detail) } : undefined
  if (/^\d{3}$/.test(what)) return { operation, status: Number(what) }
  const connection = CONNECTIONS.find((one) => one === what)
  if (connection) return { operation, connection }
  return /^[A-Z]\w+$/.test(what) ? { operation, error: what } : undefined
}

function taskFault(what: string): TaskFault | undefined {
  const task = TASKS.find((one) => one === what)
  if (task) return { task }
  const [, kind, milliseconds] = /^(stops|dies):(\d+)$/.exec(what) ?? []
  const later = LATER.find((one) => one === kind)
  return later && { task: later, after: Number(milliseconds) }
}
