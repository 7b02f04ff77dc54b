import type { Task } from '@aws-sdk/client-ecs'
import type { ListedTask } from '../core/listed-task.ts'
import { tagValue } from '../core/tag-value.ts'
import type { TaskSize } from '../core/task-definition.ts'
import { parseTask } from './parse-task.ts'

/** The tag says whose task it is; where tags were forbidden, the variable that the image logs. */
export function parseListedTask(task: Task): ListedTask {
  const override = task.overrides?.containerOverrides?.find((item) =>
    item.environment?.some(({ name }) => name === 'FARGATE_LOGIN_SESSION'),
  )
  const tag = task.tags?.find(({ key }) => key === 'fargate-login:owner')?.value
  const variable = override?.environment?.find(({ name }) => name === 'FARGATE_LOGIN_OWNER')?.value
  const owner = tag ?? (variable && tagValue(variable))
  const size = parseSize(task)
  return {
    ...parseTask(task),
    taskDefinition: (task.taskDefinitionArn ?? '').replace(/^.*\//, ''),
    ...(task.startedBy && { startedBy: task.startedBy }),
    ...(owner && { owner }),
    ...(task.createdAt && { createdAt: task.createdAt }),
    ...(override?.name && { container: override.name }),
    ...(size && { size }),
  }
}

function parseSize({
  launchType,
  capacityProviderName,
  cpu,
  memory,
  attributes,
}: Task): TaskSize | undefined {
  const cpuUnits = Number(cpu)
  const memoryMib = Number(memory)
  const onFargate = launchType === 'FARGATE' || capacityProviderName?.startsWith('FARGATE')
  if (!onFargate || !(cpuUnits > 0 && memoryMib > 0)) return undefined
  const arm = attributes?.some(({ name, value }) => name === 'ecs.cpu-architecture' && value === 'arm64')
  return { cpuUnits, memoryMib, architecture: arm ? 'ARM64' : 'X86_64' }
}
