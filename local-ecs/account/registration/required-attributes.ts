import type { Registration } from '../task-definition.ts'

/** The capabilities that a container instance would need, by the agent's names. Only the common ones. */
export function requiredAttributes(registration: Registration): readonly { readonly name: string }[] {
  const {
    containerDefinitions: containers,
    networkMode,
    pidMode,
    taskRoleArn,
    executionRoleArn,
  } = registration
  const secrets = containers.flatMap((container) => container.secrets ?? [])
  const isOfSecretsManager = ({ valueFrom }: { readonly valueFrom: string }) =>
    valueFrom.includes(':secretsmanager:')
  const drivers = containers.flatMap(({ logConfiguration }) => logConfiguration?.logDriver ?? [])
  const isNeeded: Readonly<Record<string, boolean>> = {
    'com.amazonaws.ecs.capability.docker-remote-api.1.18': true,
    'com.amazonaws.ecs.capability.ecr-auth': containers.some(({ image }) => image.includes('.dkr.ecr.')),
    'com.amazonaws.ecs.capability.privileged-container': containers.some(({ privileged }) => privileged),
    'com.amazonaws.ecs.capability.task-iam-role': taskRoleArn !== undefined,
    'ecs.capability.container-health-check': containers.some(({ healthCheck }) => healthCheck),
    'ecs.capability.container-ordering': containers.some(({ dependsOn = [] }) => dependsOn.length > 0),
    'ecs.capability.execution-role-awslogs': executionRoleArn !== undefined && drivers.includes('awslogs'),
    'ecs.capability.pid-ipc-namespace-sharing': pidMode !== undefined,
    'ecs.capability.secrets.asm.environment-variables': secrets.some(isOfSecretsManager),
    'ecs.capability.secrets.ssm.environment-variables': !secrets.every(isOfSecretsManager),
    'ecs.capability.task-eni': networkMode === 'awsvpc',
  }
  return [
    ...Object.keys(isNeeded).filter((name) => isNeeded[name]),
    ...[...new Set(drivers)].map((driver) => `com.amazonaws.ecs.capability.logging-driver.${driver}`),
  ].map((name) => ({ name }))
}
