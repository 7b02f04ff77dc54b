import { FargateLoginError } from '../error.ts'
import { quoteWord } from '../text/quote.ts'

/** One host of ssh_config(5), through which stock ssh reaches the kept task of a target. */
export interface HostBlock {
  readonly target: string
  /** The config file that defines the target. */
  readonly origin: string
  /** Variables that our program needs, and that the caller of ssh may lack. */
  readonly variables: Readonly<Record<string, string>>
  /** Our own program and its arguments. */
  readonly proxy: readonly string[]
  readonly user: string
  /** The files that the proxy writes before the first byte. */
  readonly keyFile: string
  readonly knownHostsFile: string
}

/** The user name by which our image knows its own user, whatever that is called. */
export const IMAGE_USER = 'fargate-login'

/** `staging.fargate`; characters that a host name or ssh's patterns cannot have become hyphens. */
export function hostName(target: string): string {
  return `${target.replace(/[^A-Za-z0-9._-]/g, '-')}.fargate`
}

/** How the task is called in known_hosts, as its address changes. ssh looks there in small letters. */
export function hostKeyAlias(target: string): string {
  return `fargate-login-${hostName(target)}`.toLowerCase()
}

/** @throws FargateLoginError `usage` if ssh_config cannot hold it */
export function hostBlockText(block: HostBlock): string {
  refuseUnsuitable(block)
  const variables = Object.entries(block.variables).map(([name, value]) => `${name}=${value}`)
  const words = variables.length > 0 ? ['env', ...variables, ...block.proxy] : block.proxy
  const lines = [
    ['HostName', hostName(block.target)],
    ['HostKeyAlias', hostKeyAlias(block.target)],
    ['User', block.user],
    // ssh replaces %-sequences, then runs the words in the user's shell.
    ['ProxyCommand', words.map(quoteWord).join(' ').replaceAll('%', '%%')],
    ['ProxyUseFdpass', 'no'],
    ['IdentityFile', quotePath(block.keyFile)],
    ['IdentitiesOnly', 'yes'],
    ['UserKnownHostsFile', quotePath(block.knownHostsFile)],
    ['GlobalKnownHostsFile', '/dev/null'],
    ['StrictHostKeyChecking', 'yes'],
    ['CheckHostIP', 'no'],
    ['UpdateHostKeys', 'no'],
    ['HashKnownHosts', 'no'],
    // A task takes longer to start than ssh likes to wait.
    ['ConnectTimeout', '0'],
    ['ServerAliveInterval', '15'],
    ['ServerAliveCountMax', '4'],
    ['ForwardAgent', 'no'],
  ]
  const head = `Host ${hostName(block.target)}\n    # ${block.target} of ${block.origin}\n`
  return `${head}${lines.map(([name, value]) => `    ${name} ${value}\n`).join('')}`
}

/** For ssh's own reader: quotes keep blanks, and %-sequences are replaced. */
function quotePath(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&').replaceAll('%', '%%')}"`
}

/** A line end would begin a line of its own in the file, and a target cannot begin as an option does. */
function refuseUnsuitable(block: HostBlock): void {
  const { target, origin, user, keyFile, knownHostsFile, proxy, variables } = block
  const texts = [target, origin, user, keyFile, knownHostsFile, ...proxy, ...Object.values(variables)]
  if (!target.startsWith('-') && !texts.some((text) => /\p{Cc}/u.test(text))) return
  throw new FargateLoginError(
    'usage',
    `ssh_config cannot hold the target ${JSON.stringify(target)} or one of its values.`,
    { hint: 'Use no control characters, and no name that begins with a hyphen.' },
  )
}
