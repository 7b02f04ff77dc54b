import type { ContainerDefinition } from '../../account/container-definition.ts'
import type { TaskDefinition } from '../../account/task-definition.ts'
import type { ContainerRequest, TaskNetwork, TaskRequest } from '../../runners/runner.ts'
import { containerSettings } from '../containers/container-settings.ts'
import type { NetworkChoice } from './network-interface.ts'
import type { Overrides } from './overrides.ts'
import type { TaskResources } from './task-resources.ts'

export interface TaskRequestInput {
  readonly id: string
  readonly definition: TaskDefinition
  readonly overrides: Overrides
  readonly network: NetworkChoice | undefined
  readonly resources: TaskResources
}

/** The task for the runner: the task definition with the overrides applied. */
export function taskRequest({
  id,
  definition,
  overrides,
  network,
  resources,
}: TaskRequestInput): TaskRequest {
  const { containerDefinitions: containers, volumes, pidMode } = definition
  const steps = containers.flatMap(({ dependsOn = [] }) =>
    dependsOn.filter(({ condition }) => condition === 'COMPLETE' || condition === 'SUCCESS'),
  )
  return {
    id,
    network: taskNetwork(definition, network),
    containers: containers.map((container) => ({
      ...containerRequest(container, overrides, resources.secrets.get(container.name)),
      isStep: steps.some(({ containerName }) => containerName === container.name),
      settings: containerSettings(container, definition),
    })),
    volumes: volumes.map(({ name, host }) => ({
      name,
      ...(host?.sourcePath !== undefined && { hostPath: host.sourcePath }),
    })),
    ...((pidMode === 'task' || pidMode === 'host') && { processes: pidMode }),
  }
}

function taskNetwork(
  { networkMode = 'bridge' }: TaskDefinition,
  network: NetworkChoice | undefined,
): TaskNetwork {
  if (networkMode !== 'awsvpc') return networkMode
  return network?.subnet.ipv6Only ? 'own-ipv6' : 'own'
}

function containerRequest(
  container: ContainerDefinition,
  { containerOverrides }: Overrides,
  secrets: Readonly<Record<string, string>> = {},
): ContainerRequest {
  const override = containerOverrides.find(({ name }) => name === container.name)
  const plain = [...container.environment, ...(override?.environment ?? [])]
  // ECS's agent sets secrets last, so an override does not replace one.
  const environment = { ...Object.fromEntries(plain.map(({ name, value }) => [name, value])), ...secrets }
  const command = override?.command ?? container.command
  return {
    name: container.name,
    image: container.image,
    essential: container.essential,
    environment,
    ports: ports(container, environment),
    ...(container.entryPoint && { entryPoint: container.entryPoint }),
    ...(command && { command }),
    ...(container.workingDirectory !== undefined && { workingDirectory: container.workingDirectory }),
    ...(container.user !== undefined && { user: container.user }),
  }
}

/** From the image contract: the variable for sshd's port, and the default. */
const PORT_VARIABLE = 'FARGATE_LOGIN_PORT'
const KEY_VARIABLE = 'FARGATE_LOGIN_AUTHORIZED_KEY'
const DEFAULT_PORT = 2222

/** The mapped ports and sshd's port, because awsvpc tasks are reachable without a mapping. */
function ports(
  { portMappings }: ContainerDefinition,
  environment: Readonly<Record<string, string>>,
): readonly number[] {
  const mapped = portMappings.flatMap(({ containerPort }) => containerPort ?? [])
  const sshd = KEY_VARIABLE in environment ? [Number(environment[PORT_VARIABLE] || DEFAULT_PORT)] : []
  // An invalid port is left to the entrypoint, which reports it.
  return [...new Set([...mapped, ...sshd.filter((port) => port > 0 && port < 65_536)])]
}
