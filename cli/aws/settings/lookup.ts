import { FargateLoginError } from '../../core/error.ts'
import type { Environment } from '../files/environment.ts'
import type { ChosenProfile } from '../files/profile.ts'

/** A setting of AWS as text, and where it is set. */
export interface Found {
  readonly text: string
  /** For messages: `AWS_REGION`, or `region of profile prod`. */
  readonly where: string
}

/** Finds settings: the first variable that is set, otherwise the profile's key. */
export interface Lookup {
  (variables: readonly string[], key: string): Found | undefined
  readonly profile: ChosenProfile
}

export function makeLookup(environment: Environment, profile: ChosenProfile): Lookup {
  const look = (variables: readonly string[], key: string): Found | undefined => {
    const variable = variables.find((name) => environment[name])
    const text = variable && environment[variable]
    if (variable && text) return { text, where: variable }
    const value = profile.values.get(key)
    return value ? { text: value, where: `${key} of profile ${profile.name}` } : undefined
  }
  return Object.assign(look, { profile })
}

/** @throws FargateLoginError `config-invalid` for anything except true and false */
export function readSwitch(found: Found | undefined): boolean {
  const text = found?.text.toLowerCase()
  if (found && text !== 'true' && text !== 'false') throw invalidSetting(found, 'true or false')
  return text === 'true'
}

/** @param expects completes "expected …" */
export function invalidSetting({ text, where }: Found, expects: string): FargateLoginError {
  return new FargateLoginError(
    'config-invalid',
    `${where}: expected ${expects}, got ${JSON.stringify(text)}.`,
    {
      hint: `Correct ${where}, or remove it.`,
    },
  )
}
