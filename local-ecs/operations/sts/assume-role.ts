import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { readInput } from '../../protocol/read-input.ts'
import { Refusal } from '../../protocol/refusal.ts'
import type { XmlValue } from '../../protocol/xml.ts'
import { AssumedRoleInput, assumedRole } from './assumed-role.ts'

const Input = v.object({
  ...AssumedRoleInput.entries,
  SerialNumber: v.optional(v.string()),
  TokenCode: v.optional(v.string()),
})

/** Every role exists and trusts everyone. Every six digits are a valid code, except 000000. */
export function assumeRole(_account: Account, input: unknown): XmlValue {
  const { SerialNumber: serial, TokenCode: code, ...role } = readInput(Input, input, 'sts')
  if ((serial === undefined) !== (code === undefined)) {
    throw new Refusal('ValidationError', 'SerialNumber and TokenCode must be given together.')
  }
  if (code !== undefined && (!/^\d{6}$/.test(code) || code === '000000')) {
    const message = 'MultiFactorAuthentication failed with invalid MFA one time pass code. '
    throw new Refusal('AccessDenied', message, { status: 403 })
  }
  return assumedRole(role)
}
