import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { readInput } from '../../protocol/read-input.ts'
import type { XmlValue } from '../../protocol/xml.ts'
import { AssumedRoleInput, assumedRole } from './assumed-role.ts'

const Input = v.object({
  ...AssumedRoleInput.entries,
  WebIdentityToken: v.pipe(v.string(), v.minLength(4)),
})

/** Every token is valid. */
export function assumeRoleWithWebIdentity(_account: Account, input: unknown): XmlValue {
  return assumedRole(readInput(Input, input, 'sts'))
}
