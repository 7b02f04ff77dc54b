import type { EnvironmentVariable } from './overrides.ts'
import type { Plan } from './plan.ts'
import { maskDerivation } from './planned-derivation.ts'

/** Variables of the image contract that are not secret. */
const OPEN =
  /^FARGATE_LOGIN_(AUTHORIZED_KEY|PORT|SESSION|OWNER|CONNECT_GRACE|LINGER|CLIENT_TIMEOUT|MAX_LIFETIME)$/

/**
 * Hides every value in the plan that may be secret: the host key, and everything that the user passed with `-e`,
 * because names do not show whether a value is secret. For display only; running needs the real plan.
 */
export function maskPlan(plan: Plan, keyEnv: string): Plan {
  const containerOverrides = plan.runTask.overrides.containerOverrides.map((override) => ({
    ...override,
    environment: override.environment.map((variable) =>
      variable.name === keyEnv ? variable : mask(variable),
    ),
  }))
  return {
    ...plan,
    ...(plan.derivation && { derivation: maskDerivation(plan.derivation) }),
    runTask: { ...plan.runTask, overrides: { ...plan.runTask.overrides, containerOverrides } },
  }
}

function mask({ name, value }: EnvironmentVariable): EnvironmentVariable {
  return { name, value: OPEN.test(name) ? value : `*** (${value.length} characters)` }
}
