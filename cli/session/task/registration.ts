import { type ErrorCode, FargateLoginError } from '../../core/error.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { PlannedDerivation } from '../../core/plan/planned-derivation.ts'
import { registerCommand } from '../../core/text/aws-command.ts'
import { printableJson } from '../../core/text/printable-json.ts'
import { type Backoff, backoffDelay } from '../../core/wait/backoff.ts'
import { findRegistered } from '../plan/derivation.ts'
import type { Ports } from '../ports.ts'
import { startTask } from './start-task.ts'
import type { Task } from './task.ts'

/** Between revisions of one family, while others register there too. */
const WAIT: Backoff = { first: 1_000, most: 8_000, factor: 2 }
const TRIES = 6

/** Launches the task of the plan; what it wants to run is registered before, unless it is there already. */
export async function startRegistered(plan: Plan, ports: Ports, cancel: AbortSignal): Promise<Task> {
  const registered = await registerDerivation(plan, ports, cancel)
  try {
    return await startTask(registered, ports, cancel)
  } catch (error) {
    // Somebody has deregistered, since the plan was made, what it found.
    if (!isError(error, 'task-definition-inactive') || registered !== plan || !plan.derivation) throw error
    ports.reporter.debug(error.message)
    const { registered: _, ...derivation } = plan.derivation
    return await startTask(await registerDerivation({ ...plan, derivation }, ports, cancel), ports, cancel)
  }
}

/** @returns the plan that names the revision that runs */
async function registerDerivation(plan: Plan, ports: Ports, cancel: AbortSignal): Promise<Plan> {
  const { derivation } = plan
  if (!derivation || derivation.registered !== undefined) return plan
  ports.reporter.step('plan', `registering ${derivation.family}`)
  const registered = await register(derivation, ports, cancel)
  ports.reporter.done('plan', `registered ${registered.replace(/^.*\//, '')}`)
  return {
    ...plan,
    derivation: { ...derivation, registered },
    runTask: { ...plan.runTask, taskDefinition: registered },
  }
}

/** @returns the ARN of the revision, which may be one that somebody else has registered meanwhile */
async function register(derivation: PlannedDerivation, ports: Ports, cancel: AbortSignal): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ports.ecs.registerTaskDefinition(derivation.registration, cancel)
    } catch (error) {
      if (attempt === TRIES || !isError(error, 'register-busy')) throw explain(error, derivation, ports)
      ports.reporter.debug(error.message)
    }
    await ports.clock.sleep(backoffDelay(WAIT, attempt - 1, Math.random()), cancel)
    const { registered } = await findRegistered(derivation, ports, cancel)
    if (registered !== undefined) return registered
  }
}

function isError(error: unknown, code: ErrorCode): error is FargateLoginError {
  return error instanceof FargateLoginError && error.code === code
}

/** Who may not register can hand the definition to somebody who may; it is found by its hash then. */
function explain(error: unknown, { family, registration }: PlannedDerivation, { access }: Ports): unknown {
  if (!isError(error, 'register-refused')) return error
  const file = `${family}.json`
  return new FargateLoginError('register-refused', error.message, {
    hint:
      `Have somebody register ${family} who may: save what follows as ${file} (fargate-login derive prints it too),\n` +
      `  ${registerCommand(access, file)}\n` +
      'and log in again. It holds the values of environment and log options as they are, secret ones too.\n' +
      printableJson(registration),
    cause: error,
  })
}
