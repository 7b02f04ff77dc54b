import type { Config } from '../core/config/config.ts'
import { FargateLoginError } from '../core/error.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { type ConfigFile, FILE_NAME, type FileSearch, readConfigFile } from './file/config-file.ts'
import { isOpen, mergeConfig } from './merge.ts'
import { type Key, type Layer, settings, variableName } from './named-settings.ts'
import { type RawFlags, readFlags } from './read-flags.ts'
import { checkLayer } from './rules.ts'

export interface ConfigSources {
  readonly flags: RawFlags
  /** TARGET on the command line, which wins over variables; FARGATE_LOGIN_TARGET, which does not, if it is absent. */
  readonly target: string | undefined
  readonly environment: Environment
  readonly directory: string
}

/**
 * Merges everything that the user set, strongest first: flags, the TARGET of the command line, the environment, the
 * TARGET of the environment, the file's defaults, our defaults.
 * @throws FargateLoginError `usage`, `config-invalid`, `config-not-found`, `config-untrusted`, `target-unknown`
 */
export async function readConfig(sources: ConfigSources): Promise<Config> {
  const { environment } = sources
  const flags = readFlags(sources.flags, environment)
  const file = await readConfigFile(searchOf(sources))
  const name = sources.target ?? (environment.FARGATE_LOGIN_TARGET || undefined)
  const variables = readEnvironment(environment)
  const target = findTarget(file, name)
  const defaults = file?.defaults ?? {}
  checkLayer(flags, 'The command line', 'usage')
  checkLayer(variables, 'The environment')
  checkLayer(target, `${file?.path}: targets.${name}`)
  checkLayer(defaults, `${file?.path}: defaults`)
  const typed = sources.target !== undefined
  if (typed && flags.local) throw targetWithLocal(sources.target)
  const below = typed ? [target, variables, defaults] : [variables, target, defaults]
  const config = mergeConfig([flags, ...(flags.local ? below.map(forLocal) : below)], file?.shortcuts ?? {})
  return {
    ...config,
    ...(name !== undefined && { target: name }),
    ...(typed && { filledIn: fillIns(variables, [flags, target]) }),
  }
}

/** The settings that decide what one is logged in to, and as whom. */
const IDENTITY: readonly Key[] = ['service', 'taskDefinition', 'container', 'enter', 'user']

/** The variables among them that decide because the command line does not. */
function fillIns(variables: Layer, stronger: readonly Layer[]): readonly string[] {
  const filled = IDENTITY.filter((key) => variables[key] !== undefined && isOpen(key, stronger))
  return settings.filter(({ key }) => filled.includes(key)).map(variableName)
}

function targetWithLocal(target: string): FargateLoginError {
  return new FargateLoginError(
    'usage',
    `--local runs a task of its own, so it cannot run target "${target}".`,
    {
      hint:
        'Drop one of them. To run targets without AWS, start an embedded ECS with fargate-login local, and register ' +
        'their task definitions there.',
    },
  )
}

/**
 * The config file and the targets that it defines.
 * @throws FargateLoginError `config-not-found`, `config-invalid`
 */
export async function readTargets(
  sources: Omit<ConfigSources, 'target'>,
): Promise<{ readonly path: string; readonly names: readonly string[] }> {
  const file = await readConfigFile(searchOf(sources))
  if (file) return { path: file.path, names: [...file.targets.keys()] }
  throw new FargateLoginError('config-not-found', `There is no ${FILE_NAME} from here upward.`, {
    hint: 'A host of ssh stands for a target of that file (docs/config.md).',
  })
}

function findTarget(file: ConfigFile | undefined, name: string | undefined): Layer {
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
        : `Targets are defined in ${FILE_NAME}, and no such file was found from here upward. Run a command with:\nfargate-login exec -- CMD`,
    },
  )
}

/**
 * The embedded ECS has its own account, network and image. So only the command line counts for such settings, and other
 * layers keep those that apply anywhere.
 */
function forLocal(layer: Layer): Layer {
  const counting = settings.filter(({ row }) => 'countsLocally' in row).map(({ key }) => key)
  return Object.fromEntries(Object.entries(layer).filter(([key]) => counting.includes(key as Key)))
}

function searchOf({ flags, directory, environment }: Omit<ConfigSources, 'target'>): FileSearch {
  return { config: flags.config as string | undefined, directory, environment }
}
