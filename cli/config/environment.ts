import { withHint } from '../core/error.ts'
import { invalid } from './invalid.ts'
import { hasVariable, type Layer, settings, variableName } from './named-settings.ts'
import { checkVariable } from './own-bytes.ts'
import { parserOf } from './parser.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The layer of the FARGATE_LOGIN_* variables. An empty variable counts as unset.
 * @throws FargateLoginError `config-invalid`, with the variable's name; `usage` if it is not UTF-8
 */
export function readEnvironment(environment: Environment): Layer {
  const layer: Record<string, unknown> = {}
  for (const setting of settings.filter(hasVariable)) {
    const name = variableName(setting)
    const text = environment[name]
    if (text === undefined || text === '') continue
    checkVariable(name, text)
    const parser = parserOf(setting.row)
    const value = parser.fromText(text)
    if (value === undefined) {
      throw withHint(invalid(name, parser.expects, text), `Correct ${name}, or unset it.`)
    }
    layer[setting.key] = value
  }
  return layer as Layer
}
