import type { SettingTable } from '../setting.ts'

export const AWS = {
  cluster: { kind: 'text', argument: 'NAME', help: 'cluster name or ARN', default: 'default' },
  region: { kind: 'text', argument: 'REGION', help: 'AWS Region', defaultText: "the AWS CLI's" },
  profile: { kind: 'text', argument: 'NAME', help: 'AWS profile', defaultText: "the AWS CLI's" },
  endpointUrl: {
    kind: 'url',
    argument: 'URL',
    help: 'endpoint for ECS, EC2 and STS',
    defaultText: "the AWS CLI's",
  },
} as const satisfies SettingTable
