import { FargateLoginError } from '../error.ts'

/** Nothing of fargate-login's has this ID. */
export function unknownId(id: string, cluster: string): FargateLoginError {
  return new FargateLoginError(
    'session-unknown',
    `fargate-login has no live task "${id}" on cluster ${cluster}.`,
    {
      hint: 'What there is: fargate-login list --all',
    },
  )
}

/** Something has the ID, which is none of our business. */
export function notOurs(arn: string): FargateLoginError {
  return new FargateLoginError('session-unknown', `Task ${arn} was not started by fargate-login.`, {
    hint: 'It stops its own only. What there is: fargate-login list --all',
  })
}
