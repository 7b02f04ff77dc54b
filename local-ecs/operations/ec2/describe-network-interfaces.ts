import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { ACCOUNT_ID } from '../../account/arn.ts'
import { SECURITY_GROUPS, VPC_ID } from '../../account/network.ts'
import { readInput } from '../../protocol/read-input.ts'
import type { XmlValue } from '../../protocol/xml.ts'
import { type NetworkInterface, privateDnsName, publicAddress } from '../../task/launch/network-interface.ts'
import { FilterInput, filterItems, selectIds } from './filter.ts'

const Input = v.object({ NetworkInterfaceId: v.optional(v.array(v.string()), []), ...FilterInput })

export function describeNetworkInterfaces(account: Account, body: unknown): XmlValue {
  const { NetworkInterfaceId: ids, Filter: filters } = readInput(Input, body, 'ec2')
  // An ENI has no id outside ECS before it is attached, and a deleted one is gone.
  const attached = [...account.tasks.values()].flatMap(({ networkInterface }) =>
    networkInterface?.status === 'ATTACHED' ? [networkInterface] : [],
  )
  const selected = selectIds(attached, ids, 'InvalidNetworkInterfaceID.NotFound', 'networkInterface ID')
  const found = filterItems(selected, filters, {
    'network-interface-id': ({ id }) => [id],
    'subnet-id': ({ subnet }) => [subnet.id],
    'vpc-id': () => [VPC_ID],
    'group-id': ({ securityGroups }) => securityGroups,
    'private-ip-address': ({ address }) => [address?.ipv4],
    'addresses.private-ip-address': ({ address }) => [address?.ipv4],
    'association.public-ip': (item) => [publicAddress(item)],
    'mac-address': ({ macAddress }) => [macAddress],
    status: () => ['in-use'],
  })
  return { networkInterfaceSet: found.map(describe) }
}

function describe(item: NetworkInterface): XmlValue {
  const { id, subnet, macAddress, securityGroups, address = {} } = item
  const privateName = address.ipv4 && privateDnsName(address.ipv4)
  const publicIp = publicAddress(item)
  const association = publicIp && {
    publicIp,
    publicDnsName: `ec2-${publicIp.replaceAll('.', '-')}.compute-1.amazonaws.com`,
    ipOwnerId: 'amazon',
  }
  return {
    networkInterfaceId: id,
    subnetId: subnet.id,
    vpcId: VPC_ID,
    availabilityZone: subnet.zone,
    description: '',
    ownerId: ACCOUNT_ID,
    requesterManaged: true,
    status: 'in-use',
    macAddress,
    interfaceType: 'interface',
    privateIpAddress: address.ipv4,
    privateDnsName: privateName,
    sourceDestCheck: true,
    groupSet: SECURITY_GROUPS.filter((group) => securityGroups.includes(group.id)).map((group) => ({
      groupId: group.id,
      groupName: group.name,
    })),
    association,
    privateIpAddressesSet: address.ipv4
      ? [{ privateIpAddress: address.ipv4, privateDnsName: privateName, primary: true, association }]
      : [],
    ipv6AddressesSet: address.ipv6 ? [{ ipv6Address: address.ipv6 }] : [],
  }
}
