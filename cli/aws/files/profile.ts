import { FargateLoginError } from '../../core/error.ts'
import { closest } from '../../core/text/closest.ts'
import { quoteWords } from '../../core/text/quote.ts'
import type { Environment } from './environment.ts'
import type { Section } from './ini.ts'
import type { SharedFiles } from './shared-files.ts'

/** The profile that this command uses. */
export interface ChosenProfile {
  readonly name: string
  readonly values: Section
  /** The variable that names it, if a variable of AWS does. Keys in the environment beat such a profile. */
  readonly variable?: 'AWS_PROFILE' | 'AWS_DEFAULT_PROFILE'
  /** Whether anything names it. Otherwise it is `default`, which need not exist. */
  readonly named: boolean
  /** The error to throw when something needs the profile, and it does not exist. */
  readonly missing?: FargateLoginError
}

/** @param own the profile of `--profile`, of our variable or of our file */
export function chooseProfile(
  own: string | undefined,
  environment: Environment,
  files: SharedFiles,
): ChosenProfile {
  const variable = (['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'] as const).find((name) => environment[name])
  const fromVariable = variable && environment[variable]
  const name = own ?? fromVariable ?? 'default'
  const values = files.profiles.get(name)
  const by = own === undefined && variable ? ` (${variable})` : ''
  return {
    name,
    values: values ?? new Map(),
    named: own !== undefined || variable !== undefined,
    ...(own === undefined && variable && { variable }),
    ...(!values && name !== 'default' && { missing: noProfile(`Profile ${name}${by}`, name, files) }),
  }
}

/**
 * @param subject what names the profile, e.g. `Profile prod (AWS_PROFILE)`
 * @returns the error for a profile that is not in the files
 */
export function noProfile(subject: string, name: string, files: SharedFiles): FargateLoginError {
  const problems = files.unreadable.map((why) => ` ${why}.`).join('')
  return new FargateLoginError('credentials-missing', `${subject} is not in ${files.names}.${problems}`, {
    hint: hintFor(name, files),
  })
}

/** As many names as fit on a line or two. */
const SHOWN_NAMES = 10

function hintFor(name: string, { profiles, unprefixed }: SharedFiles): string {
  if (unprefixed.has(name)) return `The config file has [${name}]. It must be [profile ${name}].`
  const known = [...profiles.keys()]
  if (known.length === 0) return `Create it with:\n${quoteWords(['aws', 'configure', '--profile', name])}`
  const similar = closest(name, known)
  const more = known.length > SHOWN_NAMES ? ` and ${known.length - SHOWN_NAMES} more` : ''
  const list = `Profiles there: ${known.slice(0, SHOWN_NAMES).join(', ')}${more}.`
  return similar === undefined ? list : `Did you mean ${similar}? ${list}`
}
