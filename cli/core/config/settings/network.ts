import type { SettingTable } from '../setting.ts'

export const NETWORK = {
  subnets: {
    kind: 'list',
    expects: 'subnet ids: A,B',
    argument: 'A,B',
    help: 'awsvpc subnets',
    defaultText: "the service's",
  },
  securityGroups: {
    kind: 'list',
    expects: 'security group ids: A,B',
    argument: 'A,B',
    help: 'awsvpc security groups',
    defaultText: "the service's",
  },
  publicIp: {
    kind: 'switch',
    help: 'assign a public IP address',
    defaultText: "the service's, otherwise yes on Fargate",
  },
  address: {
    kind: 'choice',
    choices: ['auto', 'private', 'public', 'ipv6'],
    argument: 'KIND',
    help: 'address to connect to: auto (public if there is one, otherwise private), private, public or ipv6',
    default: 'auto',
  },
} as const satisfies SettingTable
