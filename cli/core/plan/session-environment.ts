import type { Config } from '../config/config.ts'
import { FargateLoginError } from '../error.ts'
import type { EnvironmentVariable } from './overrides.ts'

/** The public half of the one-time keys, and the host's private half, which travels in the task's environment. */
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

/** Within so many seconds the image notices that we have vanished. */
const CLIENT_TIMEOUT_SECONDS = 40
/** Seconds, at least, that the image stays when nobody is connected any more. */
const LINGER = 10
/** After the end of a program that was left running, for somebody to fetch its last words. */
const LINGER_DETACHED = 900

/** The variables of the image contract, but for the one that carries the public key. */
const OTHERS = /^FARGATE_LOGIN_(?!AUTHORIZED_KEY$)/

/**
 * The environment that the task gets on top of its definition's: the image contract, then the user's `-e`.
 * @throws FargateLoginError `usage` where the user sets a variable that is ours
 */
export function planEnvironment(input: EnvironmentInput): readonly EnvironmentVariable[] {
  const { config, keys, owner, session } = input
  if (OTHERS.test(config.keyEnv)) {
    throw new FargateLoginError('usage', `--key-env ${config.keyEnv} has another meaning for the image.`, {
      hint: 'Name the variable from which the image reads the public key (docs/image.md).',
    })
  }
  const ours: Record<string, string> = {
    [config.keyEnv]: keys.authorizedKey,
    ...(config.hostKey === 'verify' && { FARGATE_LOGIN_HOST_KEY: keys.host.privateKey }),
    FARGATE_LOGIN_PORT: String(config.port),
    FARGATE_LOGIN_SESSION: session,
    FARGATE_LOGIN_OWNER: owner,
  }
  const clash = Object.keys(config.environment).find((name) => Object.hasOwn(ours, name))
  if (clash !== undefined) {
    throw new FargateLoginError('usage', `${clash} is set by fargate-login itself.`, {
      hint: `Drop -e ${clash}; the user, the port and the keys have options of their own.`,
    })
  }
  // The image gives up when nobody comes for as long as we would try; the user may say otherwise.
  const bounds = {
    FARGATE_LOGIN_CONNECT_GRACE: String(config.timeout),
    FARGATE_LOGIN_CLIENT_TIMEOUT: String(CLIENT_TIMEOUT_SECONDS),
    FARGATE_LOGIN_LINGER: String(config.detach ? LINGER_DETACHED : Math.max(config.reconnect, LINGER)),
  }
  return Object.entries({ ...ours, ...bounds, ...config.environment }).map(([name, value]) => ({
    name,
    value,
  }))
}
