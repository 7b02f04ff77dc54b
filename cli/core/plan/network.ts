import type { Config } from '../config/config.ts'
import { FargateLoginError } from '../error.ts'
import type { PlannedRoute } from '../link/address.ts'
import type { ContainerDefinition, Network, Service, TaskDefinition } from '../task/task-definition.ts'
import type { RunTaskRequest } from './run-task-request.ts'

export type AwsvpcConfiguration = NonNullable<RunTaskRequest['networkConfiguration']>['awsvpcConfiguration']

export interface NetworkInput {
  readonly config: Config
  readonly service?: Service
  readonly definition: TaskDefinition
  readonly onFargate: boolean
}

/**
 * Plans the awsvpc network from the user's settings first, then the service's; `undefined` in other network modes.
 * @throws FargateLoginError `usage`
 */
export function planNetwork(input: NetworkInput): AwsvpcConfiguration | undefined {
  const { config, service, definition, onFargate } = input
  if (definition.networkMode !== 'awsvpc') return undefined
  const inherited: Partial<Network> = service?.network ?? {}
  const subnets = config.subnets ?? inherited.subnets
  if (!subnets?.length) {
    throw new FargateLoginError('usage', `${definition.arn} uses awsvpc networking, which needs subnets.`, {
      hint: 'Name them with --subnets A,B (and --security-groups), or take them from a service with --service NAME.',
    })
  }
  if (config.publicIp && !onFargate) {
    throw new FargateLoginError('usage', 'A task on EC2 instances never gets a public address of its own.', {
      hint: 'Drop --public-ip, or use --launch-type FARGATE.',
    })
  }
  const securityGroups = config.securityGroups ?? inherited.securityGroups
  const publicIp = config.publicIp ?? inherited.assignPublicIp ?? true
  return {
    subnets,
    ...(securityGroups?.length && { securityGroups }),
    // On EC2, ECS refuses ENABLED, and DISABLED is the default.
    ...(onFargate && { assignPublicIp: publicIp ? 'ENABLED' : 'DISABLED' }),
  }
}

/**
 * Plans the route to an address that the network allows.
 * @throws FargateLoginError `usage`, `task-definition-unusable`
 */
export function planRoute(
  definition: TaskDefinition,
  { fixedPorts }: ContainerDefinition,
  { address: family, port }: Config,
  network: AwsvpcConfiguration | undefined,
): PlannedRoute {
  const publicIpExpected = network?.assignPublicIp === 'ENABLED'
  const securityGroups = network?.securityGroups
  switch (definition.networkMode) {
    case 'none':
      throw new FargateLoginError('task-definition-unusable', `${definition.arn} has networkMode none.`, {
        hint: 'Nothing can connect to such a task. Use a task definition with awsvpc, bridge or host.',
      })
    case 'awsvpc':
      if (family === 'public' && !publicIpExpected) {
        throw new FargateLoginError(
          'usage',
          '--address public needs a public address, and this task gets none.',
          {
            hint: 'Add --public-ip, or use --address private.',
          },
        )
      }
      return { network: 'awsvpc', family, publicIpExpected, port, ...(securityGroups && { securityGroups }) }
    default:
      if (family === 'ipv6') {
        throw new FargateLoginError('usage', '--address ipv6 needs awsvpc networking.', {
          hint: `${definition.arn} has networkMode ${definition.networkMode}: use --address private or public.`,
        })
      }
      return { network: definition.networkMode, family, port, ...fixedHostPort(fixedPorts, port) }
  }
}

function fixedHostPort(ports: ContainerDefinition['fixedPorts'], port: number): { hostPort?: number } {
  const fixed = ports?.find(({ containerPort }) => containerPort === port)
  return fixed ? { hostPort: fixed.hostPort } : {}
}
