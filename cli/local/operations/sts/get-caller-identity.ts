import { ACCOUNT_ID } from '../../account/arn.ts'
import type { XmlValue } from '../../protocol/xml.ts'

export function getCallerIdentity(): XmlValue {
  return { Arn: `arn:aws:iam::${ACCOUNT_ID}:user/local`, UserId: 'AIDALOCAL', Account: ACCOUNT_ID }
}
