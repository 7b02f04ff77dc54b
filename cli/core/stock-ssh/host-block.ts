import { quoteWord } from '../text/quote.ts'

/** One host of ssh_config(5), through which stock ssh reaches the kept task of a target. */
export interface HostBlock {
  readonly target: string
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

/** How the task is called in known_hosts, as its address changes. */
export function hostKeyAlias(target: string): string {
  return `fargate-login-${hostName(target)}`
}

export function hostBlockText(block: HostBlock): string {
  const lines = [
    ['HostName', hostName(block.target)],
    ['HostKeyAlias', hostKeyAlias(block.target)],
    ['User', block.user],
    // ssh replaces %-sequences, then runs the words in the user's shell.
    ['ProxyCommand', block.proxy.map(quoteWord).join(' ').replaceAll('%', '%%')],
    ['ProxyUseFdpass', 'no'],
    ['IdentityFile', quotePath(block.keyFile)],
    ['IdentitiesOnly', 'yes'],
    ['IdentityAgent', 'none'],
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
  return `Host ${hostName(block.target)}\n${lines.map(([name, value]) => `    ${name} ${value}\n`).join('')}`
}

function quotePath(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`
}
