import type { SettingTable } from '../setting.ts'

/** The variable of our own image. */
export const DEFAULT_KEY_ENV = 'FARGATE_LOGIN_AUTHORIZED_KEY'

export const SSH = {
  user: {
    kind: 'text',
    pattern: /^[^\s:\0]+$/,
    expects: 'a user name',
    argument: 'NAME',
    help: 'SSH user',
    defaultText: 'the one that the image names in its SSH banner, otherwise root',
  },
  port: {
    kind: 'integer',
    least: 1,
    most: 65535,
    argument: 'N',
    help: 'port of sshd in the task',
    default: 2222,
  },
  keyType: {
    kind: 'choice',
    choices: ['ed25519', 'rsa'],
    argument: 'TYPE',
    help: "type of the one-time keys, the user's and the host's: ed25519 or rsa (3072 bits)",
    default: 'ed25519',
    countsLocally: true,
  },
  keyEnv: {
    kind: 'text',
    pattern: /^[A-Za-z_][A-Za-z0-9_]*$/,
    expects: 'a variable name',
    argument: 'NAME',
    help: 'variable that carries the public key to the image',
    default: DEFAULT_KEY_ENV,
  },
  hostKey: {
    kind: 'choice',
    choices: ['verify', 'accept'],
    argument: 'POLICY',
    help: 'verify the host key, or accept any (with a warning) from an image that cannot take one',
    default: 'verify',
  },
  timeout: {
    kind: 'integer',
    least: 1,
    most: 86400,
    argument: 'SECONDS',
    help: 'give up if there is no usable connection this long after the answer of RunTask',
    default: 300,
    countsLocally: true,
  },
  reconnect: {
    kind: 'integer',
    least: 0,
    most: 86400,
    argument: 'SECONDS',
    help: 'keep trying to reconnect for this long; 0 = never',
    default: 120,
  },
} as const satisfies SettingTable
