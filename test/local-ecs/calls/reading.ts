import { expect } from 'vitest'
import type { Call, Refused } from './call.ts'

function reads(operation: string, what: string, input: object, outcome: Call['outcome']): Call {
  return { what, operation, input, outcome }
}

function ofAws(message: RegExp, error = 'InvalidParameterException'): Refused {
  return { error, message, words: 'of AWS' }
}

function ours(message: RegExp): Refused {
  return { error: 'InvalidParameterException', message, words: 'ours' }
}

/** An enumeration that has no such value. ECS's own words are known from DescribeClusters. */
function enumeration(
  operation: string,
  member: string,
  input: object,
  words: Refused['words'] = 'ours',
): Call {
  const message = new RegExp(`^${member} should be one of \\[[A-Z_,0-9a-z-]+\\]$`)
  return reads(operation, `an unknown ${member}`, input, {
    error: 'InvalidParameterException',
    message,
    words,
  })
}

const ID = 'a'.repeat(32)
const TASK = `arn:aws:ecs:us-east-1:000000000000:task/default/${ID}`

export const READING_CALLS: readonly Call[] = [
  reads(
    'ListTasks',
    'startedBy with desiredStatus',
    { startedBy: 'me', desiredStatus: 'STOPPED' },
    {
      answer: { taskArns: [] },
    },
  ),
  ...[{ family: 'web' }, { serviceName: 'web' }, { launchType: 'FARGATE' }, { containerInstance: ID }].map(
    (filter) =>
      reads(
        'ListTasks',
        `startedBy with ${Object.keys(filter)[0]}`,
        { startedBy: 'me', ...filter },
        ofAws(/^cannot specify startedBy with other arguments$/),
      ),
  ),
  reads(
    'ListTasks',
    'an unknown service',
    { serviceName: 'nope' },
    ofAws(/^Service not found\.$/, 'ServiceNotFoundException'),
  ),
  reads('ListTasks', 'an unknown cluster', { cluster: 'nope' }, ofAws(/./, 'ClusterNotFoundException')),
  reads('ListTasks', 'a page of 101', { maxResults: 101 }, ours(/^maxResults must be between 1 and 100/)),
  enumeration('ListTasks', 'desiredStatus', { desiredStatus: 'DONE' }),
  enumeration('ListTasks', 'launchType', { launchType: 'MOON' }),
  enumeration('ListServices', 'launchType', { launchType: 'MOON' }),
  enumeration('ListServices', 'schedulingStrategy', { schedulingStrategy: 'NEVER' }),
  enumeration('ListTaskDefinitions', 'status', { status: 'GONE' }),
  enumeration('ListTaskDefinitions', 'sort', { sort: 'UP' }),
  enumeration('ListTaskDefinitionFamilies', 'status', { status: 'GONE' }),
  enumeration('ListContainerInstances', 'status', { status: 'GONE' }),
  enumeration('DescribeTasks', 'include', { tasks: [ID], include: ['COLOURS'] }),
  enumeration('DescribeServices', 'include', { services: ['web'], include: ['COLOURS'] }),
  enumeration('DescribeClusters', 'include', { include: ['COLOURS'] }, 'of AWS'),
  enumeration('DescribeTaskDefinition', 'include', { taskDefinition: 'fargate-login', include: ['COLOURS'] }),
  enumeration('DescribeContainerInstances', 'include', { containerInstances: [ID], include: ['COLOURS'] }),
  reads(
    'DescribeTasks',
    'an id that is none',
    { tasks: ['None'] },
    ofAws(/^taskId length should be one of \[32,36\]$/),
  ),
  reads(
    'StopTask',
    'an id that is none',
    { task: 'None' },
    ofAws(/^taskId length should be one of \[32,36\]$/),
  ),
  reads('StopTask', 'a task that is not there', { task: ID }, ofAws(/^The referenced task was not found\.$/)),
  reads(
    'DescribeTasks',
    'too many separators',
    { tasks: [`a/b/${ID}`] },
    ofAws(/^Unexpected number of separators$/),
  ),
  reads(
    'DescribeTasks',
    'a task of another cluster',
    { tasks: [TASK.replace('default', 'other')] },
    ofAws(/^Invalid identifier: Identifier is for cluster other\. Your cluster is default$/),
  ),
  reads(
    'DescribeTasks',
    'a task of another Region',
    { tasks: [TASK.replace('us-east-1', 'eu-west-1')] },
    ofAws(/^Invalid Region in ARN$/),
  ),
  reads(
    'DescribeTasks',
    'a task of another account',
    { tasks: [TASK.replace('000000000000', '111111111111')] },
    ours(/^Invalid identifier: Identifier is for account 111111111111\./),
  ),
  reads(
    'DescribeTasks',
    'an ARN of another service',
    { tasks: ['arn:aws:s3:::a'] },
    ours(/^Invalid identifier: /),
  ),
  reads(
    'DescribeContainerInstances',
    'an id that is none',
    { containerInstances: ['i-1'] },
    ofAws(/^instanceId length should be one of \[32,36\]$/),
  ),
  reads(
    'DescribeServices',
    'a cluster ARN',
    { services: ['arn:aws:ecs:us-east-1:000000000000:cluster/default'] },
    ofAws(/^Unsupported resource type: cluster$/),
  ),
  reads('DescribeServices', 'a name with a dot', { services: ['a.b'] }, ours(/^Service must match /)),
  reads(
    'DescribeTaskDefinition',
    'an ARN of another Region',
    { taskDefinition: 'arn:aws:ecs:eu-west-1:000000000000:task-definition/fargate-login:1' },
    ofAws(/^Invalid Region in ARN$/),
  ),
  reads(
    'ListContainerInstances',
    'no input',
    {},
    {
      answer: { containerInstanceArns: [expect.stringMatching(/:container-instance\/default\//)] },
    },
  ),
]
