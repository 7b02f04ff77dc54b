import type { Setting } from './setting.ts'

// The only table of settings. Flags, variables, file keys, the help, docs/config.md, the defaults and the type Config
// follow from it. It is in core because core and session use Config and import nothing from config/.

/** The variable of our own image. */
export const DEFAULT_KEY_ENV = 'FARGATE_LOGIN_AUTHORIZED_KEY'

const AWS = {
  cluster: { kind: 'text', argument: 'NAME', help: 'cluster name or ARN', default: 'default' },
  region: { kind: 'text', argument: 'REGION', help: 'AWS Region', defaultText: "the AWS CLI's" },
  profile: { kind: 'text', argument: 'NAME', help: 'AWS profile', defaultText: "the AWS CLI's" },
  endpointUrl: {
    kind: 'url',
    argument: 'URL',
    help: 'endpoint for ECS, EC2 and STS',
    defaultText: "the AWS CLI's",
  },
} as const satisfies Table

const TASK = {
  service: {
    kind: 'text',
    argument: 'NAME',
    help: 'take task definition, network, launch type and platform version from this ECS service',
  },
  taskDefinition: {
    kind: 'text',
    argument: 'FAMILY[:REV]',
    help: 'task definition to run',
    defaultText: "the service's",
  },
  container: {
    kind: 'text',
    argument: 'NAME',
    help: 'container that runs sshd',
    defaultText: 'the only one, or the one marked for it',
  },
  environment: {
    kind: 'variables',
    name: 'env',
    short: '-e',
    argument: 'NAME=VALUE',
    help: 'add a variable to the environment of the task; repeatable; a bare NAME passes your own value',
    default: {},
    countsLocally: true,
  },
  launchType: {
    kind: 'choice',
    choices: ['FARGATE', 'EC2', 'EXTERNAL'],
    argument: 'TYPE',
    help: 'FARGATE, EC2 or EXTERNAL',
    defaultText: "the service's, otherwise FARGATE; EC2 for bridge and host networking",
  },
  capacityProvider: {
    kind: 'text',
    argument: 'NAME',
    help: 'capacity provider, e.g. FARGATE_SPOT; excludes --launch-type',
    defaultText: "the service's",
  },
  tags: {
    kind: 'switch',
    help: 'do not tag the task, nor the task definition that --inject registers',
    default: true,
    countsLocally: true,
  },
} as const satisfies Table

const NETWORK = {
  subnets: {
    kind: 'list',
    expects: 'subnet ids: A,B',
    argument: 'A,B',
    help: 'awsvpc subnets',
    defaultText: "the service's",
  },
  securityGroups: {
    kind: 'list',
    expects: 'security group ids: A,B',
    argument: 'A,B',
    help: 'awsvpc security groups',
    defaultText: "the service's",
  },
  publicIp: {
    kind: 'switch',
    help: 'assign a public IP address',
    defaultText: "the service's, otherwise yes on Fargate",
  },
  address: {
    kind: 'choice',
    choices: ['auto', 'private', 'public', 'ipv6'],
    argument: 'KIND',
    help: 'address to connect to: auto (public if there is one, otherwise private), private, public or ipv6',
    default: 'auto',
  },
} as const satisfies Table

const SERVER = {
  inject: {
    kind: 'switch',
    help: "inject the SSH server into the app's own image at run time; --no-inject: the image has one",
    defaultText: 'refuse, unless the task is marked as having one',
  },
  toolkitImage: {
    kind: 'text',
    argument: 'IMAGE',
    help: 'with --inject: image of sshd-image/ in a registry that the task can pull from',
    defaultText: 'with --local the local one',
  },
  keepSidecars: {
    kind: 'switch',
    help: 'with --inject: also run the other containers of the task',
    default: false,
  },
  enter: {
    kind: 'text',
    argument: 'CONTAINER',
    help: 'open the session in another container of the task, which needs pidMode: task',
  },
} as const satisfies Table

const SSH = {
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
} as const satisfies Table

const FORWARDS = {
  localForward: {
    kind: 'forwards',
    forward: 'local',
    short: '-L',
    argument: 'SPEC',
    expects: '[BIND:]PORT:HOST:PORT, such as 5432:db.internal:5432; either end can be a socket: /PATH',
    help: '[BIND:]PORT:HOST:PORT: listen here, connect from the task; repeatable; port 0 takes a free one',
    default: [],
  },
  remoteForward: {
    kind: 'forwards',
    forward: 'remote',
    short: '-R',
    argument: 'SPEC',
    expects:
      '[BIND:]PORT:HOST:PORT, such as 8080:localhost:3000, or [BIND:]PORT for SOCKS; either end can be a socket: /PATH',
    help: '[BIND:]PORT[:HOST:PORT]: listen in the task, connect from here; without HOST:PORT a SOCKS proxy',
    default: [],
  },
  dynamicForward: {
    kind: 'forwards',
    forward: 'dynamic',
    short: '-D',
    argument: 'SPEC',
    expects: '[BIND:]PORT, such as 1080, or a socket: /PATH',
    help: '[BIND:]PORT: listen here as a SOCKS proxy (4, 4a, 5), connect from the task',
    default: [],
  },
} as const satisfies Table

const KEEP = {
  keep: {
    kind: 'duration',
    least: 30,
    most: 86400,
    bare: '15m',
    argument: 'DURATION',
    help: 'keep the task for this long after its last connection; later commands join it; 15m if no value is given',
  },
} as const satisfies Table

const RUN = {
  local: { kind: 'switch', help: 'use the embedded ECS on this machine; no AWS account', default: false },
  newTask: {
    kind: 'switch',
    name: 'new',
    help: 'start a new task, even if a kept one would do',
    default: false,
  },
  detach: {
    kind: 'switch',
    short: '-d',
    help: 'leave the program running; return with fargate-login attach',
    default: false,
  },
  forwardAgent: {
    kind: 'switch',
    short: '-A',
    help: 'let programs in the task use your ssh-agent; anyone who is root there can use it, too',
    default: false,
  },
  pty: {
    kind: 'flags',
    default: 'auto',
    flags: {
      force: { flag: '-t, --pty', help: 'force a PTY' },
      forbid: { flag: '-T, --no-pty', help: 'forbid a PTY' },
    },
  },
  stdin: {
    kind: 'switch',
    short: '-n',
    help: 'do not read stdin; the remote program finds it empty',
    default: true,
  },
} as const satisfies Table

const OUTPUT = {
  dryRun: { kind: 'switch', help: 'print the plan and change nothing', default: false },
  json: { kind: 'switch', help: 'with --dry-run: print the plan as JSON', default: false },
  verbosity: {
    kind: 'flags',
    default: 'normal',
    flags: {
      quiet: { flag: '-q, --quiet', help: 'print warnings and errors only' },
      verbose: {
        flag: '-v, --verbose',
        help: 'print every step and detail on stderr',
      },
    },
  },
} as const satisfies Table

const COPY = {
  resumeCopy: {
    kind: 'switch',
    name: 'resume',
    help: 'send only what an earlier copy did not bring',
    default: false,
  },
  verifyCopy: {
    kind: 'switch',
    name: 'verify',
    help: 'compare the SHA-256 of each file on both sides',
    default: false,
  },
} as const satisfies Table

type Table = Readonly<Record<string, Setting>>

export interface Group {
  /** The heading in the help and in docs/config.md. */
  readonly title: string
  readonly settings: Table
  /** These settings apply to one run: they have no variable and no key in the file. */
  readonly onlyFlags?: true
}

/** In the order of the help. A new setting goes into the table of its group. */
export const GROUPS: readonly Group[] = [
  { title: 'What to run', settings: TASK },
  { title: 'Network', settings: NETWORK },
  { title: 'Injection', settings: SERVER },
  { title: 'Session', settings: RUN, onlyFlags: true },
  { title: 'SSH', settings: SSH },
  { title: 'Forwards', settings: FORWARDS },
  { title: 'Kept task', settings: KEEP },
  { title: 'Copy', settings: COPY, onlyFlags: true },
  { title: 'AWS', settings: AWS },
  { title: 'Output', settings: OUTPUT, onlyFlags: true },
]

export const SETTINGS = {
  ...AWS,
  ...TASK,
  ...NETWORK,
  ...SERVER,
  ...SSH,
  ...FORWARDS,
  ...KEEP,
  ...COPY,
  ...RUN,
  ...OUTPUT,
}
