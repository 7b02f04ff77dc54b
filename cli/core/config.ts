/** What the user said, merged and validated once (see config/); past that point nobody checks it again. */
export interface Config {
  /** Cluster name or ARN. */
  readonly cluster: string
  readonly service?: string
  /** Family, family:revision or ARN. */
  readonly taskDefinition?: string
  readonly container?: string
  /** The session is in this container of the same task, not in the one that runs sshd. */
  readonly enter?: string
  /** Derive a task definition whose container gets the session server at run time, in an image that has none. */
  readonly inject: boolean
  /** With `inject`: the other containers of the task run too. */
  readonly keepSidecars: boolean
  /** With `inject`: the image that brings the session server. */
  readonly toolkitImage?: string
  readonly subnets?: readonly string[]
  readonly securityGroups?: readonly string[]
  readonly publicIp?: boolean
  readonly address: AddressFamily
  readonly launchType?: LaunchType
  readonly capacityProvider?: string
  /** SSH user; absent: the user whom the image names in its SSH banner. */
  readonly user?: string
  readonly port: number
  /** Extra environment for the task. */
  readonly environment: Readonly<Record<string, string>>
  readonly keyType: KeyType
  /** The variable that carries the public key into the container. */
  readonly keyEnv: string
  readonly hostKey: HostKeyPolicy
  /** Seconds from the answer of RunTask to a usable connection. */
  readonly timeout: number
  /** Seconds to try to get a lost connection back; 0: never. */
  readonly reconnect: number
  readonly tags: boolean
  readonly region?: string
  readonly profile?: string
  readonly endpointUrl?: string
  readonly local: boolean
  readonly dryRun: boolean
  /** Leave the program running, and come back with `attach`. */
  readonly detach: boolean
  readonly pty: PtyPolicy
  readonly verbosity: Verbosity
  readonly json: boolean
  /** Name -> shell command line, or a list of words that is run as it is. */
  readonly shortcuts: Readonly<Record<string, string | readonly string[]>>
}

export type AddressFamily = 'auto' | 'private' | 'public' | 'ipv6'
export type LaunchType = 'FARGATE' | 'EC2' | 'EXTERNAL'
export type KeyType = 'ed25519' | 'rsa'
/** `accept` gives up knowing the host; for images that do not take a host key. */
export type HostKeyPolicy = 'verify' | 'accept'
export type PtyPolicy = 'auto' | 'force' | 'forbid'
export type Verbosity = 'quiet' | 'normal' | 'verbose'
