import type { EnvironmentVariable } from './overrides.ts'
import type { Plan } from './plan.ts'
import { maskDerivation } from './planned-derivation.ts'

/** The variables of the image contract that carry no secret. */
const OPEN =
  /^FARGATE_LOGIN_(AUTHORIZED_KEY|PORT|SESSION|OWNER|CONNECT_GRACE|LINGER|CLIENT_TIMEOUT|MAX_LIFETIME)$/

/**
 * The plan with every value hidden that may be secret: the host key, and whatever the user passed with `-e`
 * (nobody can tell by its name whether a value is secret). Only for people and logs; running needs the real one.
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
