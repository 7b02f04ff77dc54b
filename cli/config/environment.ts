import { withHint } from '../core/error.ts'
import { invalid } from './invalid.ts'
import { hasVariable, type Layer, settings, variableName } from './named-settings.ts'
import { parserOf } from './parser.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The layer of the FARGATE_LOGIN_* variables. An empty variable counts as unset.
 * @throws FargateLoginError `config-invalid`, with the variable's name
 */
export function readEnvironment(environment: Environment): Layer {
  const layer: Record<string, unknown> = {}
  for (const setting of settings.filter(hasVariable)) {
    const name = variableName(setting)
    const text = environment[name]
    if (text === undefined || text === '') continue
    const parser = parserOf(setting.row)
    const value = parser.fromText(text)
    if (value === undefined) {
      throw withHint(invalid(name, parser.expects, text), `Correct ${name}, or unset it.`)
    }
    layer[setting.key] = value
  }
  return layer as Layer
}
