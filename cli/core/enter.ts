import { FargateLoginError } from './error.ts'
import type { TaskDefinition } from './task-definition.ts'

/**
 * Whether a session in container `from` can enter container `name` of the same task.
 * @returns the name
 * @throws FargateLoginError `container-ambiguous`, `task-definition-unusable`
 */
export function checkEnter(definition: TaskDefinition, name: string, from: string): string {
  const others = definition.containers.map((container) => container.name).filter((other) => other !== from)
  if (!others.includes(name)) {
    const known = others.length > 0 ? `It can enter: ${others.join(', ')}.` : 'There is no other container.'
    throw new FargateLoginError(
      'container-ambiguous',
      `From container "${from}" of ${definition.arn} there is no container "${name}" to enter.`,
      { hint: known },
    )
  }
  if (definition.document.pidMode !== 'task') {
    throw new FargateLoginError(
      'task-definition-unusable',
      `The containers of ${definition.arn} do not see each other's processes.`,
      {
        hint: `--enter needs "pidMode": "task" in the task definition, and SYS_PTRACE in linuxParameters.capabilities.add of container "${from}".`,
      },
    )
  }
  return name
}
