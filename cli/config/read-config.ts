import type { Config } from '../core/config.ts'
import { type ErrorCode, FargateLoginError } from '../core/error.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { type ConfigFile, FILE_NAME, readConfigFile } from './file.ts'
import { type RawFlags, readFlags, readRunFlags } from './flags.ts'
import { mergeConfig } from './merge.ts'
import type { Settings } from './settings.ts'

export interface ConfigSources {
  readonly flags: RawFlags
  /** TARGET of the command line; FARGATE_LOGIN_TARGET where it is absent. */
  readonly target: string | undefined
  readonly environment: Environment
  readonly directory: string
}

/**
 * Everything the user said, merged once: flags, then the environment, the target, the file's defaults, ours.
 * @throws FargateLoginError `usage`, `config-invalid`, `config-not-found`, `target-unknown`
 */
export async function readConfig(sources: ConfigSources): Promise<Config> {
  const { environment } = sources
  const flags = readFlags(sources.flags, environment)
  const run = readRunFlags(sources.flags)
  const path =
    nonEmpty(sources.flags.config as string | undefined) ?? nonEmpty(environment.FARGATE_LOGIN_CONFIG)
  const file = await readConfigFile(path, sources.directory)
  const name = sources.target ?? nonEmpty(environment.FARGATE_LOGIN_TARGET)
  const variables = readEnvironment(environment)
  const target = findTarget(file, name)
  const defaults = file?.defaults ?? {}
  refuseBoth(flags, 'The command line', 'usage')
  refuseBoth(variables, 'The environment')
  refuseBoth(target, `${file?.path}: targets.${name}`)
  refuseBoth(defaults, `${file?.path}: defaults`)
  const layers = [flags, variables, target, defaults]
  return mergeConfig(run.local ? layers.map(forLocal).with(0, flags) : layers, run, file?.shortcuts ?? {})
}

function refuseBoth(layer: Settings, where: string, code: ErrorCode = 'config-invalid'): void {
  if (layer.launchType === undefined || layer.capacityProvider === undefined) return
  const message = `${where}: launch-type and capacity-provider exclude each other.`
  throw new FargateLoginError(code, message, { hint: 'Keep one of them.' })
}

function findTarget(file: ConfigFile | undefined, name: string | undefined): Settings {
  if (name === undefined) return {}
  const target = file?.targets.get(name)
  if (target) return target
  const known = [...(file?.targets.keys() ?? [])]
  throw new FargateLoginError(
    'target-unknown',
    `There is no target "${name}"${file ? ` in ${file.path}` : ''}.`,
    {
      hint: file
        ? `Known targets: ${known.join(', ') || 'none'}.`
        : `Targets live in ${FILE_NAME}; none was found from here upward. To run a command: fargate-login exec -- CMD`,
    },
  )
}

/**
 * The embedded ECS knows nothing of the user's account, network and image: of those, only what the command line says
 * counts.
 */
function forLocal({ environment, keyType, timeout, tags }: Settings): Settings {
  return {
    ...(environment && { environment }),
    ...(keyType && { keyType }),
    ...(timeout !== undefined && { timeout }),
    ...(tags !== undefined && { tags }),
  }
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
