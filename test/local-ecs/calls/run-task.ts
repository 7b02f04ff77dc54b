import type { Call, Refused } from './call.ts'

const SUBNET = 'subnet-0f000000000000001'
const NETWORK = { networkConfiguration: { awsvpcConfiguration: { subnets: [SUBNET] } } }

function runs(what: string, input: object, outcome: Call['outcome']): Call {
  const request = { taskDefinition: 'fargate-login', launchType: 'FARGATE', ...NETWORK, ...input }
  return { what, operation: 'RunTask', input: request, outcome }
}

function overrides(what: string, members: object, outcome: Call['outcome']): Call {
  return runs(what, { overrides: members }, outcome)
}

function network(what: string, members: object, outcome: Call['outcome']): Call {
  return runs(
    what,
    { networkConfiguration: { awsvpcConfiguration: { subnets: [SUBNET], ...members } } },
    outcome,
  )
}

function ofAws(message: RegExp, error = 'InvalidParameterException'): Refused {
  return { error, message, words: 'of AWS' }
}

function ours(message: RegExp, error = 'InvalidParameterException'): Refused {
  return { error, message, words: 'ours' }
}

const CONTAINER = { name: 'fargate-login' }

export const RUN_TASK_CALLS: readonly Call[] = [
  runs(
    'placement constraints on Fargate',
    { placementConstraints: [{ type: 'distinctInstance' }] },
    ofAws(/^Placement constraints are not supported with FARGATE launch type\.$/),
  ),
  runs(
    'a placement strategy on Fargate',
    { placementStrategy: [{ type: 'random' }] },
    ofAws(/^Placement strategies are not supported with FARGATE launch type\.$/),
  ),
  runs(
    'enableExecuteCommand without a task role',
    { enableExecuteCommand: true },
    ofAws(/^The execute command failed because a valid task role is not being used\./),
  ),
  runs(
    'an unknown launch type',
    { launchType: 'MOON' },
    ours(/^launchType should be one of \[EC2,EXTERNAL,/),
  ),
  runs('EXTERNAL without an instance', { launchType: 'EXTERNAL' }, ofAws(/launch_type EXTERNAL\.$/)),
  overrides('no size', { cpu: '64 cores' }, ofAws(/^Invalid 'cpu' setting for task\.$/, 'ClientException')),
  overrides(
    'a size that Fargate does not have',
    { memory: '1 GB', cpu: '4096' },
    ofAws(/^No Fargate configuration exists for given values\.$/, 'ClientException'),
  ),
  overrides(
    'more memory for a container than for the task',
    { containerOverrides: [{ ...CONTAINER, memory: 4096 }] },
    ofAws(/^The 'memory' setting for container 'fargate-login' is greater/, 'ClientException'),
  ),
  overrides(
    'an ephemeral storage of 20 GiB',
    { ephemeralStorage: { sizeInGiB: 20 } },
    ours(/21 and 200 GiB/),
  ),
  overrides(
    'a task role that is none',
    { taskRoleArn: '!' },
    ofAws(/^Role is not valid$/, 'ClientException'),
  ),
  network('a subnet that is none', { subnets: ['here'] }, ofAws(/The subnet ID 'here' does not exist/)),
  network(
    'a security group that is none',
    { securityGroups: ['default'] },
    ofAws(/Invalid id: "default" \(expecting "sg-\.\.\."\)/),
  ),
  network(
    'six security groups',
    { securityGroups: Array(6).fill('sg-0f000000000000001') },
    ours(/at most 5/),
  ),
  network(
    'an unknown assignPublicIp',
    { assignPublicIp: 'YES' },
    ours(/should be one of \[DISABLED,ENABLED\]$/),
  ),
  runs(
    'a cluster name with a blank',
    { cluster: 'a b' },
    ofAws(/^Cluster must match \^\[a-zA-Z0-9\\-_\]\{1,255\}\$, but was a b$/),
  ),
  runs(
    'a cluster of another Region',
    { cluster: 'arn:aws:ecs:eu-west-1:000000000000:cluster/default' },
    ofAws(/^Invalid Region in ARN$/),
  ),
  runs(
    'a cluster of another account',
    { cluster: 'arn:aws:ecs:us-east-1:111111111111:cluster/default' },
    ours(/^Invalid identifier: Identifier is for account 111111111111\. Your account is 000000000000$/),
  ),
  runs(
    'a task definition of another Region',
    { taskDefinition: 'arn:aws:ecs:eu-west-1:000000000000:task-definition/fargate-login:1' },
    ofAws(/^Invalid Region in ARN$/),
  ),
  runs(
    'a task ARN for a task definition',
    { taskDefinition: `arn:aws:ecs:us-east-1:000000000000:task/default/${'a'.repeat(32)}` },
    ofAws(/^Unsupported resource type: task$/),
  ),
  runs(
    'a capacity provider that the account does not have',
    { launchType: 'EC2', capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
    ofAws(/^Specifying both a launch type and capacity provider strategy/),
  ),
]
