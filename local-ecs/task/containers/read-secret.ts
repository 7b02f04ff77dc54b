import { StartFailure } from '../../runners/start-failure.ts'

/** Values of secrets and parameters by `valueFrom`. A JSON secret can be stored without the key in its `valueFrom`. */
export type SecretStore = Readonly<Record<string, string>>

/** The value of a container's secret. @throws StartFailure in ECS's words */
export function readSecret(store: SecretStore, valueFrom: string): string {
  const value = ownValue(store, valueFrom)
  if (value !== undefined) return value
  if (!/^arn:[\w-]+:secretsmanager:/.test(valueFrom)) {
    throw unavailable(
      `secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: ${valueFrom}`,
    )
  }
  // arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME[:KEY[:STAGE[:VERSION]]]
  const parts = valueFrom.split(':')
  const arn = parts.slice(0, 7).join(':')
  const whole = ownValue(store, arn)
  if (whole === undefined) {
    throw unavailable(
      `secret from asm: service call has been retried 1 time(s): failed to fetch secret ${arn} from secrets manager: ` +
        "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    )
  }
  return parts[7] ? member(whole, parts[7]) : whole
}

function ownValue(store: SecretStore, name: string): string | undefined {
  return Object.hasOwn(store, name) ? store[name] : undefined
}

function member(json: string, key: string): string {
  const found = members(json)[key]
  if (found === undefined) {
    throw unavailable(
      `secret from asm: retrieved secret from Secrets Manager did not contain json key ${key}`,
    )
  }
  return typeof found === 'string' ? found : JSON.stringify(found)
}

function members(json: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(json)) as Readonly<Record<string, unknown>>
  } catch (error) {
    throw unavailable(`secret from asm: service call has been retried 1 time(s): ${(error as Error).message}`)
  }
}

function unavailable(what: string): StartFailure {
  return new StartFailure(
    `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ${what}`,
  )
}
