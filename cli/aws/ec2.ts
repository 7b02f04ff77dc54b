import { DescribeInstancesCommand, DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2'
import type { Ec2 } from '../session/ports.ts'
import { callAws } from './aws-error.ts'
import type { ClientConfig } from './clients.ts'

/** The two questions that only EC2 can answer: public addresses of ENIs, addresses of instances. */
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
      return answer?.NetworkInterfaces?.[0]?.Association?.PublicIp ?? null
    },

    async instanceAddresses(id, signal) {
      const command = new DescribeInstancesCommand({ InstanceIds: [id] })
      const answer = await callAws(
        'ec2:DescribeInstances',
        (options) => client.send(command, options),
        signal,
      )
      const instance = answer.Reservations?.[0]?.Instances?.[0]
      return {
        ...(instance?.PrivateIpAddress && { privateIpv4: instance.PrivateIpAddress }),
        ...(instance?.PublicIpAddress && { publicIpv4: instance.PublicIpAddress }),
      }
    },
  }
}

/** EC2 is eventually consistent: an ENI that ECS names may not be found for a moment. */
function orNotKnownYet(error: Error): undefined {
  if (!error.message.includes('InvalidNetworkInterfaceID.NotFound')) throw error
}
