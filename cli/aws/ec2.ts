import { DescribeInstancesCommand, DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2'
import type { Ec2 } from '../session/ports.ts'
import { object, objects, sayNothing, text } from './answer.ts'
import { callAws } from './aws-error.ts'
import type { ClientConfig } from './clients.ts'

/** EC2 takes 200. */
const FILTER_VALUES = 200

/** The questions that only EC2 can answer: public addresses of ENIs, addresses of instances. */
export function makeEc2(config: ClientConfig): Ec2 {
  const client = new EC2Client(config)
  return {
    async publicIp(id, signal) {
      const command = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] })
      const answer = await callAws(
        'ec2:DescribeNetworkInterfaces',
        (options) => client.send(command, options),
        signal,
      ).catch(orNotKnownYet)
      if (answer && !Array.isArray(answer.NetworkInterfaces)) {
        throw sayNothing('ec2:DescribeNetworkInterfaces', 'network interfaces')
      }
      const [found] = objects(answer?.NetworkInterfaces)
      return text(object(found?.Association).PublicIp) ?? null
    },

    async withPublicIp(ids, signal) {
      const found = new Set<string>()
      for (let start = 0; start < ids.length; start += FILTER_VALUES) {
        // A filter, because a list of ids that holds one of a deleted ENI is refused as a whole.
        const values = ids.slice(start, start + FILTER_VALUES)
        const command = new DescribeNetworkInterfacesCommand({
          Filters: [{ Name: 'network-interface-id', Values: values }],
        })
        const answer = await callAws(
          'ec2:DescribeNetworkInterfaces',
          (options) => client.send(command, options),
          signal,
        )
        for (const { NetworkInterfaceId, Association } of objects(answer.NetworkInterfaces)) {
          const id = text(NetworkInterfaceId)
          if (id !== undefined && text(object(Association).PublicIp) !== undefined) found.add(id)
        }
      }
      return found
    },

    async instanceAddresses(id, signal) {
      const command = new DescribeInstancesCommand({ InstanceIds: [id] })
      const answer = await callAws(
        'ec2:DescribeInstances',
        (options) => client.send(command, options),
        signal,
      )
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

/** EC2 is eventually consistent: an ENI that ECS names may not be found for a moment. */
function orNotKnownYet(error: Error): undefined {
  if (!error.message.includes('InvalidNetworkInterfaceID.NotFound')) throw error
}
