// Our own file of Host blocks, and the line by which ~/.ssh/config includes it.

const HEADER = '# Written by fargate-login ssh-config. It is written anew: put changes into ~/.ssh/config.\n'

/** The file with these blocks in place of those for the same hosts. */
export function withBlocks(file: string, blocks: readonly string[]): string {
  const hosts = blocks.map(hostOf)
  return fileText([...blocksOf(file).filter((block) => !hosts.includes(hostOf(block))), ...blocks])
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

function includeLine(path: string): string {
  return `Include "${path}"`
}

function blocksOf(file: string): readonly string[] {
  return file.split(/^(?=Host )/m).filter((part) => part.startsWith('Host '))
}

function hostOf(block: string): string {
  return /^Host (.*)/.exec(block)?.[1] ?? ''
}

function fileText(blocks: readonly string[]): string {
  if (blocks.length === 0) return ''
  const sorted = blocks.map((block) => block.trimEnd()).toSorted()
  return `${HEADER}\n${sorted.join('\n\n')}\n`
}
