import { FargateLoginError } from '../../core/error.ts'
import { type Line, operandsOf } from './line.ts'
import type { Refusal } from './refusal.ts'

/** Puts commander's refusal in our form. Its message is the only place that has the details. */
export function commanderText({ code, message }: Refusal, line: Line): FargateLoginError {
  const suggestion = suggestionOf(message)
  const hint = [
    ...(suggestion === undefined ? [] : [`Did you mean ${suggestion}?`]),
    `See the help:\nfargate-login ${code === 'commander.help' ? '' : `${line.command.name()} `}--help`,
  ]
  return new FargateLoginError('usage', fact(code, message, line), { hint: hint.join('\n') })
}

/** The option that commander takes an unknown one for. */
export function suggestionOf(message: string): string | undefined {
  return /\(Did you mean (.+)\?\)/.exec(message)?.[1]
}

function fact(code: string, message: string, line: Line): string {
  const { command, implied } = line
  const here = implied ? '' : ` for ${command.name()}`
  const [, quoted = '', rest = ''] = /'([^']*)'(.*)/s.exec(message) ?? []
  switch (code) {
    case 'commander.unknownOption':
      return `There is no option ${quoted}${here}.`
    case 'commander.excessArguments':
      return `Too many arguments${here}: ${operandsOf(line).join(' ')}.`
    case 'commander.missingArgument': {
      const argument = command.registeredArguments.find(({ required }) => required)
      return `An argument is missing${here}: <${argument?.name()}>, ${argument?.description}.`
    }
    case 'commander.optionMissingArgument':
      return `A value is missing: ${quoted}.`
    case 'commander.invalidArgument': {
      const [, given = '', expects = ''] = / argument '(.*)' is invalid\. ?(.*)$/s.exec(rest) ?? []
      const expected = expects.replace(/^Allowed choices are (.*)\.$/, 'expected one of $1')
      // What follows an equals sign may be secret.
      return `${quoted.replace(/ <.*/, '')}: ${expected}, got "${given.replace(/=.*/s, '=…')}".`
    }
    case 'commander.help':
      return `There is no command "${operandsOf(line)[0]}".`
    default: {
      const text = message.replace(/^error: /, '').replace(/\n\(Did you mean.*/s, '')
      return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
    }
  }
}
