import { FargateLoginError } from '../error.ts'
import { type AwsAccess, adviceText, ownCommand } from '../text/paste.ts'

/** The ID matches no task of fargate-login. */
export function unknownId(id: string, cluster: string, access: AwsAccess): FargateLoginError {
  return new FargateLoginError(
    'session-unknown',
    `No running session matches "${id}" on cluster ${cluster}.`,
    { hint: adviceText({ text: 'See what is running with:', command: listAll(cluster, access) }) },
  )
}

/** The ID matches a task that fargate-login did not start. */
export function foreignTask(arn: string, cluster: string, access: AwsAccess): FargateLoginError {
  return new FargateLoginError('session-unknown', `Task ${arn} was not started by fargate-login.`, {
    hint: adviceText({
      text: 'fargate-login only stops tasks that it started. See what is running with:',
      command: listAll(cluster, access),
    }),
  })
}

function listAll(cluster: string, access: AwsAccess): string {
  return ownCommand(access, 'list', '--all', '--cluster', cluster)
}
