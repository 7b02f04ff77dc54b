import { FargateLoginError } from '../../core/error.ts'
import { quoteWords } from '../../core/text/quote.ts'
import type { Section } from '../files/ini.ts'
import type { SharedFiles } from '../files/shared-files.ts'
import type { SsoSource } from './source.ts'

/**
 * The role of IAM Identity Center that a profile names, if it names one.
 * @throws FargateLoginError `credentials-missing` if a part is missing
 */
export function ssoSource(name: string, profile: Section, files: SharedFiles): SsoSource | undefined {
  if (!profile.has('sso_account_id') && !profile.has('sso_role_name')) return undefined
  const session = profile.get('sso_session')
  const section = session === undefined ? profile : files.ssoSessions.get(session)
  if (!section) {
    const message = `Profile ${name} names sso_session ${session}, but there is no section [sso-session ${session}].`
    throw new FargateLoginError('credentials-missing', message, { hint: fix(name) })
  }
  const need = (from: Section, key: string): string => {
    const value = from.get(key)
    if (value) return value
    const where = from === profile ? `Profile ${name}` : `[sso-session ${session}]`
    throw new FargateLoginError('credentials-missing', `${where} has no ${key}.`, { hint: fix(name) })
  }
  return {
    kind: 'sso',
    profile: name,
    ...(session !== undefined && { session }),
    startUrl: need(section, 'sso_start_url'),
    region: need(section, 'sso_region'),
    accountId: need(profile, 'sso_account_id'),
    roleName: need(profile, 'sso_role_name'),
  }
}

function fix(name: string): string {
  return `Set the profile up again with:\n${quoteWords(['aws', 'configure', 'sso', '--profile', name])}`
}
