import type { Config } from '../config/config.ts'
import { FargateLoginError } from '../error.ts'
import type { EnvironmentVariable } from './overrides.ts'

/** The user's public key, and the host's key pair, whose private half travels in the task's environment. */
export interface PlannedKeys {
  /** One authorized_keys line. */
  readonly authorizedKey: string
  readonly fingerprint: string
  readonly host: { readonly privateKey: string; readonly fingerprint: string }
}

export interface EnvironmentInput {
  readonly config: Config
  readonly keys: PlannedKeys
  readonly owner: string
  readonly session: string
}

/** The image notices a vanished client within this time. */
const CLIENT_TIMEOUT_SECONDS = 40
/** The least number of seconds that the image stays after the last connection has closed. */
const LINGER = 10
/** The same after the end of a detached program, so that its user can still read its last output. */
const LINGER_DETACHED = 900

/** All variables of the image contract except the one for the public key. */
const OTHERS = /^FARGATE_LOGIN_(?!AUTHORIZED_KEY$)/

/**
 * The variables that the task gets in addition to its definition's: the image contract, then the user's `-e`.
 * @throws FargateLoginError `usage` if the user sets one of our variables
 */
export function planEnvironment(input: EnvironmentInput): readonly EnvironmentVariable[] {
  const { config, keys, owner, session } = input
  if (OTHERS.test(config.keyEnv)) {
    throw new FargateLoginError(
      'usage',
      `--key-env ${config.keyEnv} is already used by the image for something else.`,
      {
        hint: 'Name the variable that the image reads the public key from (docs/image.md).',
      },
    )
  }
  const reserved: Record<string, string> = {
    [config.keyEnv]: keys.authorizedKey,
    ...(config.hostKey === 'verify' && { FARGATE_LOGIN_HOST_KEY: keys.host.privateKey }),
    FARGATE_LOGIN_PORT: String(config.port),
    FARGATE_LOGIN_SESSION: session,
    FARGATE_LOGIN_OWNER: owner,
  }
  const clash = Object.keys(config.environment).find((name) => Object.hasOwn(reserved, name))
  if (clash !== undefined) {
    throw new FargateLoginError('usage', `${clash} is set by fargate-login itself.`, {
      hint: `Drop -e ${clash}: the user, the port and the keys have their own options.`,
    })
  }
  // The image gives up if no client connects for as long as we would try. The user can override these.
  const bounds = {
    FARGATE_LOGIN_CONNECT_GRACE: String(config.timeout),
    FARGATE_LOGIN_CLIENT_TIMEOUT: String(CLIENT_TIMEOUT_SECONDS),
    FARGATE_LOGIN_LINGER: String(lingerSeconds(config)),
  }
  return Object.entries({ ...reserved, ...bounds, ...config.environment }).map(([name, value]) => ({
    name,
    value,
  }))
}

function lingerSeconds({ detach, keep, reconnect }: Config): number {
  if (detach) return LINGER_DETACHED
  return Math.max(keep ?? 0, reconnect, LINGER)
}
