import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { ACCOUNT_ID } from '../../account/arn.ts'
import { SUBNETS, VPC_ID } from '../../account/network.ts'
import { readInput } from '../../protocol/read-input.ts'
import type { XmlValue } from '../../protocol/xml.ts'
import { FilterInput, filterItems, selectIds } from './filter.ts'

const Input = v.object({ InstanceId: v.optional(v.array(v.string()), []), ...FilterInput })

export function describeInstances({ instance }: Account, body: unknown): XmlValue {
  const { InstanceId: ids, Filter: filters } = readInput(Input, body, 'ec2')
  const instances = [{ ...instance, id: instance.ec2InstanceId }]
  const selected = selectIds(instances, ids, 'InvalidInstanceID.NotFound', 'instance ID')
  const found = filterItems(selected, filters, {
    'instance-id': ({ id }) => [id],
    'instance-state-name': () => ['running'],
    'private-ip-address': ({ address }) => [address],
    'vpc-id': () => [VPC_ID],
  })
  return {
    reservationSet: found.map(({ id, address }) => ({
      reservationId: 'r-0f000000000000001',
      ownerId: ACCOUNT_ID,
      instancesSet: [
        {
          instanceId: id,
          instanceType: 'm5.large',
          instanceState: { code: 16, name: 'running' },
          privateIpAddress: address,
          ipAddress: address,
          vpcId: VPC_ID,
          subnetId: SUBNETS[0].id,
        },
      ],
    })),
  }
}
