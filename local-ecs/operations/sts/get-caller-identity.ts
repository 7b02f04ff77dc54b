import { ACCOUNT_ID, CALLER_ARN } from '../../account/arn.ts'
import type { XmlValue } from '../../protocol/xml.ts'

export function getCallerIdentity(): XmlValue {
  return { Arn: CALLER_ARN, UserId: 'AIDALOCAL', Account: ACCOUNT_ID }
}
