import { type Command, Option } from 'commander'
import { invalid } from './invalid.ts'
import { type RunFlags, type Setting, type Settings, settings } from './settings.ts'

/** What commander hands over, keyed by the flag's own name in camel case. */
export type RawFlags = Readonly<Record<string, unknown>>

/** Declares the settings of the one list, all or those of `keys`, as flags of `command`. */
export function addSettingFlags(command: Command, keys?: readonly (keyof Settings)[]): Command {
  for (const setting of settings().filter(({ key }) => keys?.includes(key) ?? true)) {
    for (const option of options(setting)) command.addOption(option)
  }
  return command.option(
    '--config <FILE>',
    'config file (default: fargate-login.yaml, found upward from here)',
  )
}

function options(setting: Setting): readonly Option[] {
  const { name, short, argument, description } = setting
  if (setting.onlyOff) return [new Option(`--no-${name}`, description)]
  if (argument === undefined)
    return [new Option(`--${name}`, description), new Option(`--no-${name}`, `the opposite of --${name}`)]
  const option = new Option(`${short ? `${short}, ` : ''}--${name} <${argument}>`, description)
  if (setting.repeatable)
    option.argParser((text: string, before: readonly string[] = []) => [...before, text])
  return [option]
}

/** @throws FargateLoginError `usage` that names the flag */
export function readFlags(raw: RawFlags, own: Readonly<Record<string, string | undefined>>): Settings {
  const layer: Record<string, unknown> = {}
  for (const setting of settings(own)) {
    const given = raw[camelCase(setting.name)]
    if (given === undefined || (setting.onlyOff && given === true)) continue
    layer[setting.key] = read(setting, given)
  }
  return layer as Settings
}

function read(setting: Setting, given: unknown): unknown {
  if (typeof given === 'boolean') return given
  const texts = (Array.isArray(given) ? given : [given]) as readonly string[]
  const values = texts.map((text) => {
    const value = setting.parser.fromText(text)
    if (value === undefined)
      throw invalid(`--${setting.name}`, setting.parser.expects, shown(setting, text), 'usage')
    return value
  })
  return setting.repeatable ? Object.fromEntries(values.flatMap((value) => Object.entries(value))) : values[0]
}

/** A value of a variable may be a secret: an error names the variable only. */
function shown(setting: Setting, text: string): string {
  return setting.repeatable ? text.replace(/=.*/s, '=…') : text
}

export function readRunFlags(raw: RawFlags): RunFlags {
  return {
    local: raw.local === true,
    dryRun: raw.dryRun === true,
    detach: raw.detach === true,
    json: raw.json === true,
    pty: raw.pty === true ? 'force' : raw.pty === false ? 'forbid' : 'auto',
    verbosity: raw.quiet ? 'quiet' : raw.verbose ? 'verbose' : 'normal',
  }
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}
