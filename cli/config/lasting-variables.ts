import type { Environment } from './environment.ts'
import { hasVariable, settings, variableName } from './named-settings.ts'

/** They lead to our files, and to AWS. Credentials are not among them. */
const PLACES =
  /^(XDG_STATE_HOME|AWS_CONFIG_FILE|AWS_SHARED_CREDENTIALS_FILE|AWS_CA_BUNDLE|AWS_ENDPOINT_URL_(ECS|EC2|STS))$/

/** The variables that a later run needs to mean the same, if it starts without this environment. */
export function lastingVariables(environment: Environment): Readonly<Record<string, string>> {
  const own = new Set(settings.filter(hasVariable).map(variableName))
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value && (PLACES.test(name) || own.has(name)) ? [[name, value]] : [],
    ),
  )
}
