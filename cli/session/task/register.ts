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

/** Between revisions of one family, while others register there too. */
const BACKOFF: Backoff = { first: 1_000, most: 8_000, factor: 2 }
const TRIES = 6

type RegisterPorts = Pick<Ports, 'access' | 'definitions' | 'reporter' | 'clock'>

/**
 * Registers what the plan derives, unless it is there already.
 * @returns the plan that names the revision that runs
 */
export async function register(plan: Plan, ports: RegisterPorts, cancel: AbortSignal): Promise<Plan> {
  const { derivation } = plan
  if (!derivation || derivation.registered !== undefined) return plan
  ports.reporter.step('plan', `registering ${derivation.family}`)
  const registered = await registerDerivation(derivation, ports, cancel)
  ports.reporter.done('plan', `registered ${arnName(registered)}`)
  return {
    ...plan,
    derivation: { ...derivation, registered },
    runTask: { ...plan.runTask, taskDefinition: registered },
  }
}

/** @returns the ARN of the revision; another login may have registered it in the meantime */
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

/** A user who may not register can hand the definition to somebody who may; it is found by its hash then. */
function explain(error: unknown, { family, registration }: PlannedDerivation, ports: RegisterPorts): unknown {
  if (!hasCode(error, 'register-refused')) return error
  const file = `${family}.json`
  const command = ['register-task-definition', '--cli-input-json', `file://${file}`]
  return new FargateLoginError('register-refused', error.message, {
    hint:
      `Ask somebody who may register ${family}: save what follows as ${file} (fargate-login derive prints it too),\n` +
      `  ${awsEcsCommand(ports.access, ...command)}\n` +
      'and log in again. It holds the values of environment and log options as they are, secret ones too.\n' +
      printableJson(registration),
    cause: error,
  })
}
