import type { SettingTable } from '../setting.ts'

export const TASK = {
  service: {
    kind: 'text',
    argument: 'NAME',
    help: 'take task definition, network, launch type and platform version from this ECS service',
  },
  taskDefinition: {
    kind: 'text',
    argument: 'FAMILY[:REV]',
    help: 'task definition to run',
    defaultText: "the service's",
  },
  container: {
    kind: 'text',
    argument: 'NAME',
    help: 'container that runs sshd',
    defaultText: 'the only one, or the one marked for it',
  },
  environment: {
    kind: 'variables',
    name: 'env',
    short: '-e',
    argument: 'NAME=VALUE',
    help: 'add a variable to the environment of the task; repeatable; a bare NAME passes your own value',
    default: {},
    countsLocally: true,
  },
  launchType: {
    kind: 'choice',
    choices: ['FARGATE', 'EC2', 'EXTERNAL'],
    argument: 'TYPE',
    help: 'FARGATE, EC2 or EXTERNAL',
    defaultText: "the service's, otherwise FARGATE; EC2 for bridge and host networking",
  },
  capacityProvider: {
    kind: 'text',
    argument: 'NAME',
    help: 'capacity provider, e.g. FARGATE_SPOT; excludes --launch-type',
    defaultText: "the service's",
  },
  tags: {
    kind: 'switch',
    help: 'do not tag the task, nor the task definition that --inject registers',
    default: true,
    countsLocally: true,
  },
} as const satisfies SettingTable
