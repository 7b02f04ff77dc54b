import type { Config } from '../core/config.ts'
import { boolean, choice, environmentMap, httpUrl, integer, list, type Parser, text } from './parsers.ts'

/** What one layer (flags, environment, a target, the file's defaults) sets. */
export type Settings = Partial<Omit<Config, 'shortcuts' | keyof RunFlags>>

/** What only a command line says: how to run this once. */
export type RunFlags = Pick<Config, 'local' | 'dryRun' | 'detach' | 'pty' | 'verbosity' | 'json'>

export interface Setting<K extends keyof Settings = keyof Settings> {
  readonly key: K
  /** The flag's and the config file's spelling; the variable's is FARGATE_LOGIN_ and this in capitals. */
  readonly name: string
  readonly short?: string
  /** The flag's placeholder; absent for a switch, which has a `--no-` form. */
  readonly argument?: string
  readonly description: string
  readonly parser: Parser<NonNullable<Settings[K]>>
  readonly repeatable?: true
  /** A switch that is on by default: only its `--no-` form is offered. */
  readonly onlyOff?: true
}

/**
 * The one list of settings: flags, environment variables, the config file's keys, help and docs follow it.
 * @param own the variables that a bare `-e NAME` reads
 */
export function settings(own: Readonly<Record<string, string | undefined>> = {}): readonly Setting[] {
  return [
    setting('cluster', 'cluster', 'NAME', 'cluster name or ARN (default: default)', text()),
    setting(
      'service',
      'service',
      'NAME',
      'take task definition, network and launch type from this service',
      text(),
    ),
    setting(
      'taskDefinition',
      'task-definition',
      'FAMILY[:REV]',
      "what to run (default: the service's)",
      text(),
    ),
    setting('container', 'container', 'NAME', 'the container that runs sshd', text()),
    setting('enter', 'enter', 'CONTAINER', 'be in this other container of the task (pidMode: task)', text()),
    setting(
      'inject',
      'inject',
      undefined,
      "bring the session server into the app's own image: no image is rebuilt",
      boolean(),
    ),
    setting(
      'keepSidecars',
      'keep-sidecars',
      undefined,
      'with --inject: run the other containers of the task too',
      boolean(),
    ),
    setting(
      'toolkitImage',
      'toolkit-image',
      'IMAGE',
      'with --inject: the image of sshd-image/, where the task can pull it',
      text(),
    ),
    setting('subnets', 'subnets', 'A,B', "awsvpc subnets (default: the service's)", list('subnet ids: A,B')),
    setting(
      'securityGroups',
      'security-groups',
      'A,B',
      'awsvpc security groups',
      list('security group ids: A,B'),
    ),
    setting(
      'publicIp',
      'public-ip',
      undefined,
      "assign a public address (default: the service's, else yes)",
      boolean(),
    ),
    setting(
      'address',
      'address',
      'KIND',
      'auto, private, public or ipv6 (default: auto)',
      choice('auto', 'private', 'public', 'ipv6'),
    ),
    setting(
      'launchType',
      'launch-type',
      'TYPE',
      'FARGATE, EC2 or EXTERNAL',
      choice('FARGATE', 'EC2', 'EXTERNAL'),
    ),
    setting(
      'capacityProvider',
      'capacity-provider',
      'NAME',
      'e.g. FARGATE_SPOT; excludes --launch-type',
      text(),
    ),
    setting(
      'user',
      'user',
      'NAME',
      "SSH user (default: the container's)",
      text('a user name', /^[^\s:\0]+$/),
    ),
    setting('port', 'port', 'N', 'port of sshd in the task (default: 2222)', integer(1, 65535)),
    {
      ...setting(
        'environment',
        'env',
        'NAME=VALUE',
        'extra environment for the task, repeatable',
        environmentMap(own),
      ),
      short: '-e',
      repeatable: true,
    },
    setting('keyType', 'key-type', 'TYPE', 'ed25519 or rsa (default: ed25519)', choice('ed25519', 'rsa')),
    setting(
      'keyEnv',
      'key-env',
      'NAME',
      'variable that carries the public key (default: FARGATE_LOGIN_AUTHORIZED_KEY)',
      text('a variable name', /^[A-Za-z_][A-Za-z0-9_]*$/),
    ),
    setting(
      'hostKey',
      'host-key',
      'POLICY',
      'verify or accept (default: verify)',
      choice('verify', 'accept'),
    ),
    setting('timeout', 'timeout', 'SECONDS', 'until a usable connection (default: 300)', integer(1, 86400)),
    setting(
      'reconnect',
      'reconnect',
      'SECONDS',
      'try so long to get a lost connection back; 0: never (default: 120)',
      integer(0, 86400),
    ),
    { ...setting('tags', 'tags', undefined, 'do not tag the task', boolean()), onlyOff: true },
    setting('region', 'region', 'REGION', 'AWS Region', text()),
    setting('profile', 'profile', 'NAME', 'AWS profile', text()),
    setting('endpointUrl', 'endpoint-url', 'URL', 'another endpoint for ECS, EC2 and STS', httpUrl()),
  ] as readonly Setting[]
}

function setting<K extends keyof Settings>(
  key: K,
  name: string,
  argument: string | undefined,
  description: string,
  parser: Parser<NonNullable<Settings[K]>>,
): Setting<K> {
  return { key, name, description, parser, ...(argument !== undefined && { argument }) }
}

/** FARGATE_LOGIN_TASK_DEFINITION for `task-definition`. */
export function variableName(setting: Setting): string {
  return `FARGATE_LOGIN_${setting.name.toUpperCase().replaceAll('-', '_')}`
}
