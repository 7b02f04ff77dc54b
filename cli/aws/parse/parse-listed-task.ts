import type { ContainerOverride, Task } from '@aws-sdk/client-ecs'
import { tagValue } from '../../core/plan/tag-value.ts'
import type { ListedTask } from '../../core/task/listed-task.ts'
import type { TaskSize } from '../../core/task/task-definition.ts'
import { object, objects, text } from './answer.ts'
import { parseTask } from './parse-task.ts'

/** The owner is in a tag or, without tags, in the variable that the image logs. */
export function parseListedTask(task: Partial<Task>): ListedTask {
  const override = objects(object(task.overrides).containerOverrides).find(
    (item) => variableOf(item, 'FARGATE_LOGIN_SESSION') !== undefined,
  )
  const tag = objects(task.tags).find(({ key }) => key === 'fargate-login:owner')?.value
  const variable = override && variableOf(override, 'FARGATE_LOGIN_OWNER')
  const owner = text(tag) ?? (variable && tagValue(variable))
  const startedBy = text(task.startedBy)
  const container = text(override?.name)
  const size = parseSize(task)
  return {
    ...parseTask(task),
    taskDefinition: (text(task.taskDefinitionArn) ?? '').replace(/^.*\//s, ''),
    ...(startedBy !== undefined && { startedBy }),
    ...(owner && { owner }),
    ...(isDate(task.createdAt) && { createdAt: task.createdAt }),
    ...(container !== undefined && { container }),
    ...(size && { size }),
  }
}

function variableOf(override: Partial<ContainerOverride>, wanted: string): string | undefined {
  return text(objects(override.environment).find(({ name }) => name === wanted)?.value)
}

function isDate(value: unknown): value is Date {
  return value instanceof Date && Number.isFinite(value.getTime())
}

function parseSize(task: Partial<Task>): TaskSize | undefined {
  const [cpuUnits, memoryMib] = [Number(text(task.cpu)), Number(text(task.memory))]
  const onFargate =
    task.launchType === 'FARGATE' || text(task.capacityProviderName)?.startsWith('FARGATE') === true
  if (!onFargate || !(cpuUnits > 0 && memoryMib > 0)) return undefined
  const arm = objects(task.attributes).some(
    ({ name, value }) => name === 'ecs.cpu-architecture' && value === 'arm64',
  )
  return { cpuUnits, memoryMib, architecture: arm ? 'ARM64' : 'X86_64' }
}
