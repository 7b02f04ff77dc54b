import { clientException } from '../../protocol/refusal.ts'
import type { ContainerDefinition } from '../container-definition.ts'
import type { Registration } from '../task-definition.ts'

export function checkLogging({ containerDefinitions: containers, ...registration }: Registration): void {
  checkFirelens(containers)
  const isForFargate = registration.requiresCompatibilities?.includes('FARGATE') ?? false
  for (const { logConfiguration } of containers) {
    if (logConfiguration?.logDriver === 'awslogs') checkAwslogs(logConfiguration, isForFargate)
  }
}

/** The awsfirelens driver and the FireLens container must come together. */
function checkFirelens(containers: readonly ContainerDefinition[]): void {
  const isUsed = containers.some(({ logConfiguration }) => logConfiguration?.logDriver === 'awsfirelens')
  const isThere = containers.some(({ firelensConfiguration }) => firelensConfiguration)
  if (isUsed && !isThere) {
    throw clientException(
      'When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.',
    )
  }
  if (isThere && !isUsed) {
    throw clientException(
      'When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.',
    )
  }
}

/** Only Fargate needs the prefix of the stream. */
function checkAwslogs(
  { options = {} }: NonNullable<ContainerDefinition['logConfiguration']>,
  isForFargate: boolean,
): void {
  const needed = ['awslogs-region', 'awslogs-group', ...(isForFargate ? ['awslogs-stream-prefix'] : [])]
  const missing = needed.filter((name) => !options[name])
  if (missing.length > 0) throw clientException(`Log driver awslogs requires options: ${missing.join(', ')}`)
}
