import { FargateLoginError } from '../error.ts'
import { type AwsAccess, ownCommand } from '../text/paste.ts'

/** The ID matches no task of fargate-login. */
export function unknownId(id: string, cluster: string, access: AwsAccess): FargateLoginError {
  return new FargateLoginError(
    'session-unknown',
    `fargate-login has no live task "${id}" on cluster ${cluster}.`,
    { hint: `See what is running: ${listAll(cluster, access)}` },
  )
}

/** The ID matches a task that fargate-login did not start. */
export function foreignTask(arn: string, cluster: string, access: AwsAccess): FargateLoginError {
  return new FargateLoginError('session-unknown', `Task ${arn} was not started by fargate-login.`, {
    hint: `fargate-login only stops tasks that it started. See what is running: ${listAll(cluster, access)}`,
  })
}

function listAll(cluster: string, access: AwsAccess): string {
  return ownCommand(access, 'list', '--all', '--cluster', cluster)
}
