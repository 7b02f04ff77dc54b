/** The account's network is fixed: it always exists, and nothing can be added. */
export interface Subnet {
  readonly id: string
  readonly zone: string
  readonly cidr?: string
  readonly ipv6Cidr?: string
  /** Tasks in such a subnet have no private IPv4 address. */
  readonly ipv6Only: boolean
}

export interface SecurityGroup {
  readonly id: string
  readonly name: string
  readonly description: string
}

export const VPC_ID = 'vpc-0f000000000000001'

export const SUBNETS: readonly [Subnet, ...Subnet[]] = [
  { id: 'subnet-0f000000000000001', zone: 'us-east-1a', cidr: '127.0.0.0/25', ipv6Only: false },
  { id: 'subnet-0f000000000000002', zone: 'us-east-1b', cidr: '127.0.0.128/25', ipv6Only: false },
  { id: 'subnet-0f000000000000006', zone: 'us-east-1a', ipv6Cidr: '::1/128', ipv6Only: true },
]

export const SECURITY_GROUPS: readonly [SecurityGroup, ...SecurityGroup[]] = [
  { id: 'sg-0f000000000000001', name: 'default', description: 'default VPC security group' },
  { id: 'sg-0f000000000000002', name: 'ssh', description: 'takes SSH from this machine' },
]
