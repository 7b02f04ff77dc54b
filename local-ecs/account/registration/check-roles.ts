import { clientException } from '../../protocol/refusal.ts'
import type { Registration } from '../task-definition.ts'

/** The API takes a role's name or its ARN. */
const ROLE = /^(arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+|[\w+=,.@-]{1,64})$/

type Roles = Pick<Registration, 'taskRoleArn' | 'executionRoleArn' | 'containerDefinitions'>

/** Checks the roles of the task, and that secrets have one that may read them. */
export function checkRoles({ taskRoleArn, executionRoleArn, containerDefinitions }: Roles): void {
  for (const role of [taskRoleArn, executionRoleArn]) {
    if (role !== undefined && !ROLE.test(role)) throw clientException('Role is not valid')
  }
  const hasSecrets = containerDefinitions.some(({ secrets = [] }) => secrets.length > 0)
  if (hasSecrets && executionRoleArn === undefined) {
    throw clientException(
      "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    )
  }
}
