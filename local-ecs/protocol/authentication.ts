import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'

/** Its token takes the place of a signature. */
const UNSIGNED = 'AssumeRoleWithWebIdentity'

/** Each service reports an unsigned request in its own way. */
export function checkSigned({ signed, service, operation }: Call): void {
  if (signed || (service === 'sts' && operation === UNSIGNED)) return
  switch (service) {
    case 'ecs':
      throw new Refusal('MissingAuthenticationTokenException', 'Missing Authentication Token')
    case 'ec2':
      throw new Refusal('AuthFailure', 'AWS was not able to validate the provided access credentials', {
        status: 401,
      })
    case 'sts':
      throw new Refusal('MissingAuthenticationToken', 'Request is missing Authentication Token', {
        status: 403,
      })
  }
}
