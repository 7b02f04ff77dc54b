import { FargateLoginError, hasCode } from '../../core/error.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { PlannedDerivation } from '../../core/plan/planned-derivation.ts'
import { arnName } from '../../core/text/arn.ts'
import { awsEcsCommand } from '../../core/text/paste.ts'
import { printableJson } from '../../core/text/printable-json.ts'
import type { Backoff } from '../../core/wait/backoff.ts'
import { retry } from '../../core/wait/retry.ts'
import { findRegistered } from '../plan/derivation.ts'
import type { Ports } from '../ports/ports.ts'

/** Waits between attempts while others register in the same family. */
const BACKOFF: Backoff = { first: 1_000, most: 8_000, factor: 2 }
const TRIES = 6

type RegisterPorts = Pick<Ports, 'access' | 'definitions' | 'reporter' | 'clock'>

/**
 * Registers the plan's derived task definition, unless it already exists.
 * @returns the plan with the revision to run
 */
export async function register(plan: Plan, ports: RegisterPorts, cancel: AbortSignal): Promise<Plan> {
  const { derivation } = plan
  if (!derivation || derivation.registered !== undefined) return plan
  ports.reporter.step('plan', `Registering a revision of ${derivation.family}`)
  const registered = await registerDerivation(derivation, ports, cancel)
  ports.reporter.done('plan', `Registered ${arnName(registered)}`)
  return {
    ...plan,
    derivation: { ...derivation, registered },
    runTask: { ...plan.runTask, taskDefinition: registered },
  }
}

/** @returns the ARN of the revision, which another login may have registered by now */
async function registerDerivation(
  derivation: PlannedDerivation,
  ports: RegisterPorts,
  cancel: AbortSignal,
): Promise<string> {
  const { definitions, reporter, clock } = ports
  const attempt = async (count: number) => {
    const found = count === 1 ? undefined : (await findRegistered(derivation, ports, cancel)).registered
    return found ?? (await definitions.registerTaskDefinition(derivation.registration, cancel))
  }
  const mayPass = (error: unknown) => {
    if (!hasCode(error, 'register-busy')) return false
    reporter.debug(error.message)
    return true
  }
  try {
    const arn = await retry(attempt, { backoff: BACKOFF, tries: TRIES, mayPass, clock, signal: cancel })
    return arn as string
  } catch (error) {
    throw explain(error, derivation, ports)
  }
}

/** A user without the permission can hand the definition to someone who has it; the hash finds it at the next login. */
function explain(error: unknown, { family, registration }: PlannedDerivation, ports: RegisterPorts): unknown {
  if (!hasCode(error, 'register-refused')) return error
  const file = `${family}.json`
  const command = ['register-task-definition', '--cli-input-json', `file://${file}`]
  return new FargateLoginError('register-refused', error.message, {
    hint:
      `Ask someone who may register ${family} to save the text below as ${file} (fargate-login derive prints it as well) and run:\n` +
      `${awsEcsCommand(ports.access, ...command)}\n` +
      'Then log in again. It contains environment values and log options in clear, secrets included.\n' +
      printableJson(registration),
    cause: error,
  })
}
