import { DescribeContainerInstancesCommand, type ECSClient } from '@aws-sdk/client-ecs'
import { FargateLoginError } from '../core/error.ts'
import type { Addresses } from '../session/ports/aws.ts'
import type { AwsCaller } from './aws-error.ts'
import type { ClientConfig } from './clients.ts'
import { incompleteAnswer, object, objects, text } from './parse/answer.ts'
import { makeSend } from './send.ts'

/** The most filter values that EC2 allows. */
const FILTER_VALUES = 200

/**
 * Looks up the public addresses of ENIs, and the addresses of container instances.
 * @param ec2 the settings of the client for EC2, which is loaded with the first call that needs it
 */
export function makeAddresses(ecs: ECSClient, ec2: () => ClientConfig, access: AwsCaller): Addresses {
  const sendEcs = makeSend('ecs', ecs, access)
  let loading: ReturnType<typeof loadEc2> | undefined
  const openEc2 = () => {
    loading ??= loadEc2(ec2(), access)
    return loading
  }
  return {
    async publicIp(id, signal) {
      const { send, DescribeNetworkInterfacesCommand } = await openEc2()
      const command = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] })
      const answer = await send('DescribeNetworkInterfaces', command, signal).catch(orNotKnownYet)
      if (answer && !Array.isArray(answer.NetworkInterfaces)) {
        throw incompleteAnswer('ec2:DescribeNetworkInterfaces', 'network interfaces')
      }
      const [found] = objects(answer?.NetworkInterfaces)
      return text(object(found?.Association).PublicIp) ?? null
    },

    async withPublicIp(ids, signal) {
      const found = new Set<string>()
      if (ids.length === 0) return found
      const { send, DescribeNetworkInterfacesCommand } = await openEc2()
      for (let start = 0; start < ids.length; start += FILTER_VALUES) {
        // A filter, because EC2 refuses a whole list of ids if one ENI is already deleted.
        const values = ids.slice(start, start + FILTER_VALUES)
        const command = new DescribeNetworkInterfacesCommand({
          Filters: [{ Name: 'network-interface-id', Values: values }],
        })
        const answer = await send('DescribeNetworkInterfaces', command, signal)
        for (const { NetworkInterfaceId, Association } of objects(answer.NetworkInterfaces)) {
          const id = text(NetworkInterfaceId)
          if (id !== undefined && text(object(Association).PublicIp) !== undefined) found.add(id)
        }
      }
      return found
    },

    async instanceId(cluster, arn, signal) {
      const command = new DescribeContainerInstancesCommand({ cluster, containerInstances: [arn] })
      const answer = await sendEcs('DescribeContainerInstances', command, signal)
      const [instance] = objects(answer.containerInstances)
      const id = text(instance?.ec2InstanceId)
      if (id !== undefined) return id
      throw new FargateLoginError(
        'address-missing',
        `ECS reports no EC2 instance for container instance ${arn}.`,
        {
          hint: 'AWS has no address for an external instance (ECS Anywhere). Use another --launch-type or --capacity-provider.',
        },
      )
    },

    async instanceAddresses(id, signal) {
      const { send, DescribeInstancesCommand } = await openEc2()
      const command = new DescribeInstancesCommand({ InstanceIds: [id] })
      const answer = await send('DescribeInstances', command, signal)
      const [reservation] = objects(answer.Reservations)
      const [instance] = objects(reservation?.Instances)
      const [privateIpv4, publicIpv4] = [text(instance?.PrivateIpAddress), text(instance?.PublicIpAddress)]
      return {
        ...(privateIpv4 !== undefined && { privateIpv4 }),
        ...(publicIpv4 !== undefined && { publicIpv4 }),
      }
    },
  }
}

async function loadEc2(config: ClientConfig, access: AwsCaller) {
  const { EC2Client, ...commands } = await import('./ec2.ts')
  return { ...commands, send: makeSend('ec2', new EC2Client(config), access) }
}

/** EC2 is eventually consistent, so an ENI that ECS reports may be unknown to it for a moment. */
function orNotKnownYet(error: unknown): undefined {
  const known = error instanceof FargateLoginError && error.awsCode === 'InvalidNetworkInterfaceID.NotFound'
  if (!known) throw error
}
