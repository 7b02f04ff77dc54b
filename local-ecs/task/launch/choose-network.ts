import * as v from 'valibot'
import { type LaunchType, oneOf } from '../../account/enumerations.ts'
import { SECURITY_GROUPS, SUBNETS, type Subnet } from '../../account/network.ts'
import type { TaskDefinition } from '../../account/task-definition.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import type { NetworkChoice } from './network-interface.ts'

export const NetworkConfigurationInput = v.optional(
  v.object({
    awsvpcConfiguration: v.optional(
      v.object({
        subnets: v.optional(v.array(v.string()), []),
        securityGroups: v.optional(v.array(v.string()), []),
        assignPublicIp: v.optional(oneOf('AssignPublicIp'), 'DISABLED'),
      }),
    ),
  }),
)

type NetworkConfiguration = v.InferOutput<typeof NetworkConfigurationInput>

/**
 * Checks the network configuration as RunTask and CreateService do.
 * @returns `undefined` for tasks without an ENI
 */
export function chooseNetwork(
  configuration: NetworkConfiguration,
  { networkMode }: TaskDefinition,
  launchType: LaunchType,
): NetworkChoice | undefined {
  const awsvpc = configuration?.awsvpcConfiguration
  if (networkMode !== 'awsvpc') {
    if (!awsvpc) return undefined
    throw invalidParameter(
      'Network Configuration is not valid for the given networkMode of this task definition.',
    )
  }
  if (!awsvpc) {
    throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
  }
  if (launchType !== 'FARGATE' && awsvpc.assignPublicIp === 'ENABLED') {
    throw invalidParameter('Assign public IP is not supported for this launch type.')
  }
  checkLength('subnets', awsvpc.subnets, 16)
  checkLength('securityGroups', awsvpc.securityGroups, 5)
  const [first] = findSubnets(awsvpc.subnets)
  if (!first) throw invalidParameter('subnets can not be empty.')
  return {
    subnet: first,
    securityGroups: checkSecurityGroups(awsvpc.securityGroups),
    isPublic: awsvpc.assignPublicIp === 'ENABLED',
  }
}

function checkLength(member: string, ids: readonly string[], most: number): void {
  if (ids.length > most) throw invalidParameter(`${member} can have at most ${most} items.`)
}

function findSubnets(ids: readonly string[]): readonly Subnet[] {
  return ids.map((id) => {
    const subnet = SUBNETS.find((candidate) => candidate.id === id)
    if (subnet) return subnet
    throw invalidParameter(
      `Error retrieving subnet information for [${ids.join(', ')}]: ` +
        `The subnet ID '${id}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`,
    )
  })
}

/** If none are given, the VPC's default group applies. */
function checkSecurityGroups(ids: readonly string[]): readonly string[] {
  for (const id of ids) {
    if (SECURITY_GROUPS.some((group) => group.id === id)) continue
    const cause = id.startsWith('sg-')
      ? `The security group '${id}' does not exist (ErrorCode: InvalidGroup.NotFound)`
      : `Invalid id: "${id}" (expecting "sg-...") (ErrorCode: InvalidGroupId.Malformed)`
    throw invalidParameter(`Error retrieving security group information for [${ids.join(', ')}]: ${cause}`)
  }
  return ids.length > 0 ? ids : [SECURITY_GROUPS[0].id]
}
