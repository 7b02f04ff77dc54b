import { clientException } from '../../protocol/refusal.ts'
import { parseCpu, parseMemory } from '../task-size.ts'

/** The sizes of a task, as the API has them. */
export interface TaskSize {
  readonly cpu?: string | undefined
  readonly memory?: string | undefined
}

/** In CPU units, for tasks on instances. The API reference has them. */
const LEAST_CPU = 128
const MOST_CPU = 196_608

/** ECS stores sizes as numbers, however they were written. @throws Refusal */
export function normalizeSize({ cpu, memory }: TaskSize): TaskSize {
  const units = cpu === undefined ? undefined : parseCpu(cpu)
  const mib = memory === undefined ? undefined : parseMemory(memory)
  if (cpu !== undefined && (units === undefined || units < LEAST_CPU || units > MOST_CPU)) {
    throw clientException("Invalid 'cpu' setting for task.")
  }
  if (memory !== undefined && mib === undefined) throw clientException("Invalid 'memory' setting for task.")
  return {
    ...(units !== undefined && { cpu: String(units) }),
    ...(mib !== undefined && { memory: String(mib) }),
  }
}
