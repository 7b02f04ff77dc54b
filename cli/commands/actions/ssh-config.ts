import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { lastingVariables } from '../../config/lasting-variables.ts'
import { readConfig, readTargets } from '../../config/read-config.ts'
import type { RawFlags } from '../../config/read-flags.ts'
import { checkStockSsh } from '../../config/rules.ts'
import { FargateLoginError } from '../../core/error.ts'
import { hostBlockText, hostName, IMAGE_USER } from '../../core/stock-ssh/host-block.ts'
import { refuseClash } from '../../core/stock-ssh/ssh-config-file.ts'
import { accessWords } from '../../core/text/paste.ts'
import type { Ports } from '../../session/ports/ports.ts'
import type { Context } from '../context.ts'

export interface SshConfigInput {
  /** None: all. */
  readonly targets: readonly string[]
  readonly flags: RawFlags
}

/** Prints, installs or removes the hosts by which stock ssh reaches the targets. */
export async function sshConfig(input: SshConfigInput, context: Context): Promise<void> {
  const { targets, flags } = input
  const { environment, directory, streams, cancel } = context
  if (flags.install && flags.uninstall) {
    throw new FargateLoginError('usage', '--install and --uninstall exclude each other.', {
      hint: 'Drop one of them.',
    })
  }
  const own = await readConfig({ flags, environment, directory, target: undefined })
  await using composition = await context.compose(own)
  const { ports } = composition
  if (flags.uninstall) return await uninstall(targets, ports, cancel)

  const hosts = await describeHosts(input, context, ports)
  if (flags.install) {
    const ownFile = await ports.stockSsh.install(
      hosts.map(({ block }) => block),
      cancel,
    )
    const commands = hosts.map(({ target }) => `ssh ${hostName(target)}`)
    ports.reporter.done('config', `Installed in ${ownFile}: ${commands.join(', ')}`)
  } else streams.stdout.write(hosts.map(({ block }) => block).join('\n'))
}

async function uninstall(
  targets: readonly string[],
  { stockSsh, reporter }: Ports,
  cancel: AbortSignal,
): Promise<void> {
  const hosts = targets.map((target) => (target.endsWith('.fargate') ? target : hostName(target)))
  const removed = await stockSsh.uninstall(hosts.length > 0 ? hosts : undefined, cancel)
  const text = removed.length > 0 ? `Removed ${removed.join(', ')}` : 'There was nothing to remove'
  reporter.done('config', text)
}

interface DescribedHost {
  readonly target: string
  readonly block: string
}

async function describeHosts(
  { targets, flags }: SshConfigInput,
  context: Context,
  { reporter, access }: Ports,
): Promise<readonly DescribedHost[]> {
  const { environment, directory } = context
  const file = await readTargets({ flags, environment, directory })
  if (file.names.length === 0) {
    throw new FargateLoginError('target-unknown', `${file.path} defines no targets.`, {
      hint: 'A host of ssh stands for a target of that file (docs/config.md).',
    })
  }
  const origin = resolve(directory, file.path)
  const script = await realpath(process.argv[1] ?? '')
  if (script.includes('/_npx/')) reporter.warn(MAY_GO)
  if (environment.AWS_ACCESS_KEY_ID && access.profile === undefined) reporter.warn(CREDENTIALS_STAY)
  const hosts: DescribedHost[] = []
  let last: FargateLoginError | undefined
  for (const target of targets.length > 0 ? targets : file.names) {
    try {
      hosts.push({ target, block: await describeHost(target, { flags, origin, script }, context) })
    } catch (error) {
      if (targets.length > 0 || !(error instanceof FargateLoginError) || error.code !== 'usage') throw error
      reporter.warn(`Left out ${target}: ${error.message}`)
      last = error
    }
  }
  if (hosts.length === 0 && last) throw last
  refuseClash(hosts.map(({ block }) => block))
  return hosts
}

interface Origin {
  readonly flags: RawFlags
  /** The config file, absolute. */
  readonly origin: string
  /** Our own program. */
  readonly script: string
}

/** Says everything explicitly: an editor starts ssh without the user's shell, its variables and its directory. */
async function describeHost(
  target: string,
  { flags, origin, script }: Origin,
  context: Context,
): Promise<string> {
  const { environment, directory } = context
  const config = await readConfig({ flags, environment, directory, target })
  checkStockSsh(config)
  // A target may have a profile, and so a Region, of its own.
  await using composition = await context.compose(config)
  const { access, identity, stockSsh } = composition.ports
  const region = access.region ?? (await identity.region())
  const proxy = [process.execPath, script, 'proxy', target, '--config', origin]
  return hostBlockText({
    target,
    origin,
    variables: lastingVariables(environment),
    proxy: [...proxy, ...accessWords({ ...access, region })],
    user: config.user ?? IMAGE_USER,
    ...stockSsh.files(target),
  })
}

const MAY_GO =
  'npx may remove this copy of fargate-login at any time. Install it (npm install -g), and run ssh-config from there.'

const CREDENTIALS_STAY =
  'Your AWS credentials are in variables (AWS_ACCESS_KEY_ID). ssh reaches AWS only if it is started with them. A ' +
  'profile works everywhere.'
