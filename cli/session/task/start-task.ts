import { hasCode } from '../../core/error.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { Ports } from '../ports/ports.ts'
import { launch } from './launch.ts'
import { register } from './register.ts'
import type { Task } from './task.ts'

/** Registers the derived task definition, if any, and launches the task. */
export async function startTask(plan: Plan, ports: Ports, cancel: AbortSignal): Promise<Task> {
  const registered = await register(plan, ports, cancel)
  try {
    return await launch(registered, ports, cancel)
  } catch (error) {
    const found = registered === plan ? plan.derivation : undefined
    if (!found || !hasCode(error, 'task-definition-inactive')) throw error
    // Someone deregistered the revision after the plan found it.
    ports.reporter.debug(error.message)
    const { registered: _, ...derivation } = found
    return await launch(await register({ ...plan, derivation }, ports, cancel), ports, cancel)
  }
}
