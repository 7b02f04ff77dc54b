import type { TaskDefinition } from '../../account/task-definition.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import type { Overrides } from './overrides.ts'

/** ECS Exec works with the credentials of the task role. */
export function checkExecuteCommand(
  isEnabled: boolean,
  { taskRoleArn }: Pick<TaskDefinition, 'taskRoleArn'>,
  overrides?: Overrides,
): void {
  if (!isEnabled || taskRoleArn !== undefined || overrides?.taskRoleArn !== undefined) return
  throw invalidParameter(
    'The execute command failed because a valid task role is not being used. ' +
      'Specify a valid task role in your task definition and try again.',
  )
}
