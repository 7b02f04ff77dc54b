import { quoteWord } from '../../../core/text/quote.ts'
import { type Environment, PROCESS_VARIABLE } from './process-variable.ts'

/** What to change in an environment so that every AWS client in it talks to the local ECS. */
export interface ClientVariables {
  readonly set: Readonly<Record<string, string>>
  readonly unset: readonly string[]
}

/** Variables that a client prefers to ours, or cannot use together with an endpoint of ours. */
const LEAD_ELSEWHERE = new RegExp(
  `^(${[
    'AWS_(DEFAULT_)?PROFILE',
    'AWS_SESSION_TOKEN',
    'AWS_CREDENTIAL_EXPIRATION',
    'AWS_ENDPOINT_URL_\\w+',
    'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    'AWS_USE_(FIPS|DUALSTACK)_ENDPOINT',
    'FARGATE_LOGIN_(PROFILE|REGION|ENDPOINT_URL|SERVICE|TARGET)',
    PROCESS_VARIABLE,
  ].join('|')})$`,
)

/**
 * @param ours what the local ECS wants to be set
 * @param environment the one to change
 * @param ecsProcess identifies the process that `local --stop` may end, if any
 */
export function clientVariables(
  ours: Readonly<Record<string, string>>,
  environment: Environment,
  ecsProcess?: string,
): ClientVariables {
  const isSet = ([, value]: readonly [string, string | undefined]) => value !== undefined && value !== ''
  return {
    set: {
      ...ours,
      ...noProxy(environment),
      ...(ecsProcess !== undefined && { [PROCESS_VARIABLE]: ecsProcess }),
    },
    unset: Object.entries(environment)
      .filter(isSet)
      .map(([name]) => name)
      .filter((name) => LEAD_ELSEWHERE.test(name)),
  }
}

/** The AWS CLI would ask a proxy even for a loopback address. */
function noProxy(environment: Environment): Readonly<Record<string, string>> {
  if (!environment.http_proxy && !environment.HTTP_PROXY) return {}
  const exceptions = environment.no_proxy || environment.NO_PROXY
  if (exceptions?.split(',').some((host) => host.trim() === LOOPBACK)) return {}
  const value = exceptions ? `${exceptions},${LOOPBACK}` : LOOPBACK
  return { no_proxy: value, NO_PROXY: value }
}

const LOOPBACK = '127.0.0.1'

/** Lines for a POSIX shell. */
export function shellLines({ set, unset }: ClientVariables): string {
  const lines = [
    ...unset.map((name) => `unset ${name}`),
    ...Object.entries(set).map(([name, value]) => `export ${name}=${quoteWord(value)}`),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** The environment with these changes. */
export function withVariables(
  environment: Environment,
  { set, unset }: ClientVariables,
): Readonly<Record<string, string | undefined>> {
  const kept = Object.entries(environment).filter(([name]) => !unset.includes(name))
  return { ...Object.fromEntries(kept), ...set }
}
