import { invalid } from './invalid.ts'
import { type Settings, settings, variableName } from './settings.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The layer that FARGATE_LOGIN_* variables set; an empty variable counts as unset.
 * @throws FargateLoginError `config-invalid` that names the variable
 */
export function readEnvironment(environment: Environment): Settings {
  const layer: Record<string, unknown> = {}
  for (const setting of settings(environment)) {
    const name = variableName(setting)
    const text = environment[name]
    if (text === undefined || text === '' || setting.repeatable) continue
    const value = setting.parser.fromText(text)
    if (value === undefined) throw invalid(name, setting.parser.expects, text)
    layer[setting.key] = value
  }
  return layer as Settings
}
