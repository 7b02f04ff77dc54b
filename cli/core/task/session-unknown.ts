import { FargateLoginError } from '../error.ts'
import { type AwsAccess, ownCommand } from '../text/paste.ts'

/** Nothing of fargate-login's has this ID. */
export function unknownId(id: string, cluster: string, access: AwsAccess): FargateLoginError {
  return new FargateLoginError(
    'session-unknown',
    `fargate-login has no live task "${id}" on cluster ${cluster}.`,
    { hint: `What there is: ${listAll(cluster, access)}` },
  )
}

/** Something has the ID, and fargate-login did not start it. */
export function foreignTask(arn: string, cluster: string, access: AwsAccess): FargateLoginError {
  return new FargateLoginError('session-unknown', `Task ${arn} was not started by fargate-login.`, {
    hint: `It stops its own only. What there is: ${listAll(cluster, access)}`,
  })
}

function listAll(cluster: string, access: AwsAccess): string {
  return ownCommand(access, 'list', '--all', '--cluster', cluster)
}
