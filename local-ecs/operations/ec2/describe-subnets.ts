import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { ACCOUNT_ID } from '../../account/arn.ts'
import { SUBNETS, VPC_ID } from '../../account/network.ts'
import { readInput } from '../../protocol/read-input.ts'
import type { XmlValue } from '../../protocol/xml.ts'
import { FilterInput, filterItems, selectIds } from './filter.ts'

const Input = v.object({ SubnetId: v.optional(v.array(v.string()), []), ...FilterInput })

export function describeSubnets(_account: Account, body: unknown): XmlValue {
  const { SubnetId: ids, Filter: filters } = readInput(Input, body, 'ec2')
  const selected = selectIds(SUBNETS, ids, 'InvalidSubnetID.NotFound', 'subnet ID')
  const found = filterItems(selected, filters, {
    'subnet-id': ({ id }) => [id],
    'vpc-id': () => [VPC_ID],
    'availability-zone': ({ zone }) => [zone],
    'default-for-az': () => ['false'],
    state: () => ['available'],
  })
  return {
    subnetSet: found.map(({ id, zone, cidr, ipv6Cidr, ipv6Only }) => ({
      subnetId: id,
      vpcId: VPC_ID,
      ownerId: ACCOUNT_ID,
      availabilityZone: zone,
      cidrBlock: cidr,
      state: 'available',
      defaultForAz: false,
      mapPublicIpOnLaunch: !ipv6Only,
      ipv6Native: ipv6Only,
      ipv6CidrBlockAssociationSet: ipv6Cidr ? [{ ipv6CidrBlock: ipv6Cidr }] : [],
    })),
  }
}
