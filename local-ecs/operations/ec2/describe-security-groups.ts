import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { ACCOUNT_ID } from '../../account/arn.ts'
import { SECURITY_GROUPS, VPC_ID } from '../../account/network.ts'
import { readInput } from '../../protocol/read-input.ts'
import type { XmlValue } from '../../protocol/xml.ts'
import { FilterInput, filterItems, selectIds } from './filter.ts'

const Input = v.object({ GroupId: v.optional(v.array(v.string()), []), ...FilterInput })

export function describeSecurityGroups(_account: Account, body: unknown): XmlValue {
  const { GroupId: ids, Filter: filters } = readInput(Input, body, 'ec2')
  const selected = selectIds(SECURITY_GROUPS, ids, 'InvalidGroup.NotFound', 'security group')
  const found = filterItems(selected, filters, {
    'group-id': ({ id }) => [id],
    'group-name': ({ name }) => [name],
    'vpc-id': () => [VPC_ID],
  })
  return {
    securityGroupInfo: found.map(({ id, name, description }) => ({
      groupId: id,
      groupName: name,
      groupDescription: description,
      ownerId: ACCOUNT_ID,
      vpcId: VPC_ID,
      ipPermissions: [{ ipProtocol: '-1', ipRanges: [{ cidrIp: '127.0.0.0/8' }] }],
      ipPermissionsEgress: [],
    })),
  }
}
