import { FargateLoginError } from '../error.ts'

// Our own file of Host blocks, and the line by which ~/.ssh/config includes it.

const HEADER = '# Written by fargate-login ssh-config. It is written anew: put changes into ~/.ssh/config.\n'

/**
 * The file with these blocks in place of those for the same hosts.
 * @throws FargateLoginError `usage` if a host stands for another target already
 */
export function withBlocks(file: string, blocks: readonly string[]): string {
  const hosts = blocks.map(hostOf)
  refuseClash([...blocksOf(file), ...blocks])
  return fileText([...blocksOf(file).filter((block) => !hosts.includes(hostOf(block))), ...blocks])
}

/**
 * Two targets may have the same host name: of two config files, or `a b` and `a-b`.
 * @throws FargateLoginError `usage`
 */
export function refuseClash(blocks: readonly string[]): void {
  const origins = new Map<string, string>()
  for (const block of blocks) {
    const host = hostOf(block)
    const origin = originOf(block)
    const before = origins.get(host) ?? origin
    if (before !== origin) throw clash(host, before, origin)
    origins.set(host, origin)
  }
}

/** The file without these hosts; empty if no block is left. */
export function withoutHosts(file: string, hosts: readonly string[]): string {
  return fileText(blocksOf(file).filter((block) => !hosts.includes(hostOf(block))))
}

/** The hosts of the file. */
export function hostsOf(file: string): readonly string[] {
  return blocksOf(file).map(hostOf)
}

/** ~/.ssh/config with our line first: ssh takes the first value, and a line after a Host would depend on that host. */
export function withInclude(config: string, path: string): string {
  return `${includeLine(path)}\n${withoutInclude(config, path)}`
}

export function withoutInclude(config: string, path: string): string {
  const lines = config.split('\n').filter((line) => line.trim() !== includeLine(path))
  return lines.join('\n')
}

/** ssh reads it as a pattern of file names. */
export function includeLine(path: string): string {
  return `Include "${path.replace(/[*?[\]\\]/g, '\\$&')}"`
}

function blocksOf(file: string): readonly string[] {
  return file.split(/^(?=Host )/m).filter((part) => part.startsWith('Host '))
}

function hostOf(block: string): string {
  return /^Host (.*)/.exec(block)?.[1] ?? ''
}

/** The target and its config file. */
function originOf(block: string): string {
  return /^ *# (.*)/m.exec(block)?.[1] ?? ''
}

function fileText(blocks: readonly string[]): string {
  if (blocks.length === 0) return ''
  const sorted = blocks.map((block) => block.trimEnd()).toSorted()
  return `${HEADER}\n${sorted.join('\n\n')}\n`
}

function clash(host: string, before: string, origin: string): FargateLoginError {
  return new FargateLoginError('usage', `${host} cannot stand for both ${before} and ${origin}.`, {
    hint: `Rename one of the targets, or take the host out first: fargate-login ssh-config --uninstall ${host}`,
  })
}
