import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readConfig, readTargets } from '../../config/read-config.ts'
import type { RawFlags } from '../../config/read-flags.ts'
import type { Config } from '../../core/config/config.ts'
import { FargateLoginError } from '../../core/error.ts'
import { hostBlockText, hostName, IMAGE_USER } from '../../core/stock-ssh/host-block.ts'
import { accessWords } from '../../core/text/paste.ts'
import type { Ports } from '../../session/ports/ports.ts'
import type { Context } from '../context.ts'

export interface SshConfigInput {
  /** None: all. */
  readonly targets: readonly string[]
  readonly flags: RawFlags
}

/** Prints, installs or removes the hosts by which stock ssh reaches the targets. */
export async function sshConfig({ targets, flags }: SshConfigInput, context: Context): Promise<void> {
  const { environment, directory, streams } = context
  const sources = { flags, environment, directory }
  if (flags.install && flags.uninstall) {
    throw new FargateLoginError('usage', '--install and --uninstall exclude each other.', {
      hint: 'Drop one of them.',
    })
  }
  const own = await readConfig({ ...sources, target: undefined })
  await using composition = await context.compose(own)
  const { stockSsh, reporter } = composition.ports
  if (flags.uninstall) {
    const removed = await stockSsh.uninstall(targets.length > 0 ? targets.map(hostName) : undefined)
    return reporter.done(
      'config',
      removed.length > 0 ? `Removed ${removed.join(', ')}` : 'There was nothing to remove',
    )
  }

  const file = await readTargets(sources)
  const names = targets.length > 0 ? targets : file.names
  const blocks: string[] = []
  for (const target of names) {
    const config = await readConfig({ ...sources, target })
    blocks.push(
      await blockFor(target, { config, path: resolve(directory, file.path), ports: composition.ports }),
    )
  }
  if (flags.install) {
    const ownFile = await stockSsh.install(blocks)
    reporter.done(
      'config',
      `Installed in ${ownFile}: ${names.map((name) => `ssh ${hostName(name)}`).join(', ')}`,
    )
  } else streams.stdout.write(blocks.join('\n'))
}

interface BlockInput {
  readonly config: Config
  /** The config file, absolute. */
  readonly path: string
  readonly ports: Pick<Ports, 'stockSsh' | 'access' | 'identity'>
}

/** Says everything explicitly: an editor starts ssh without the user's shell, its variables and its directory. */
async function blockFor(target: string, { config, path, ports }: BlockInput): Promise<string> {
  const [node = 'node', script = 'fargate-login'] = [process.execPath, await realpath(process.argv[1] ?? '')]
  const region = config.region ?? ports.access.region ?? (await ports.identity.region())
  const access = { ...ports.access, ...(config.profile !== undefined && { profile: config.profile }), region }
  const proxy = [node, script, 'proxy', target, '--config', path, ...accessWords(access)]
  const { keyFile, knownHostsFile } = ports.stockSsh.files(target)
  return hostBlockText({ target, proxy, user: config.user ?? IMAGE_USER, keyFile, knownHostsFile })
}
