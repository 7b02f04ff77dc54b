import type { Call, Refused } from './call.ts'

function changes(operation: string, what: string, input: object, outcome: Call['outcome']): Call {
  return { what, operation, input, outcome }
}

/** An operation of 2023. */
function recent(...call: Parameters<typeof changes>): Call {
  return { ...changes(...call), isRecent: true }
}

function refused(error: string, message: RegExp, words: Refused['words'] = 'of AWS'): Refused {
  return { error, message, words }
}

const NETWORK = {
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0f000000000000001'] } },
}
const FARGATE = { taskDefinition: 'fargate-login', launchType: 'FARGATE', ...NETWORK }
const invalid = 'InvalidParameterException'

/** In order: later calls need the earlier ones. */
export const CHANGING_CALLS: readonly Call[] = [
  changes(
    'CreateCluster',
    'a name with a dot',
    { clusterName: 'a.b' },
    refused(invalid, /^Cluster must match /),
  ),
  changes(
    'CreateCluster',
    'an unknown setting',
    { clusterName: 'a', settings: [{ name: 'speed', value: 'high' }] },
    refused(invalid, /settings\.0\.name should be one of \[containerInsights\]$/, 'ours'),
  ),
  changes(
    'CreateCluster',
    'settings and providers',
    {
      clusterName: 'kept',
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
      settings: [{ name: 'containerInsights', value: 'enabled' }],
      tags: [{ key: 'team', value: 'a' }],
    },
    {
      answer: {
        cluster: {
          clusterName: 'kept',
          capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
          defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
          settings: [{ name: 'containerInsights', value: 'enabled' }],
          tags: [{ key: 'team', value: 'a' }],
        },
      },
    },
  ),
  changes(
    'CreateService',
    'a name with a blank',
    { serviceName: 'a b', ...FARGATE },
    refused(invalid, /^Service must match /, 'ours'),
  ),
  changes(
    'CreateService',
    'a negative count',
    { serviceName: 'web', ...FARGATE, desiredCount: -1 },
    refused(invalid, /^desiredCount/, 'ours'),
  ),
  changes(
    'CreateService',
    'placement constraints on Fargate',
    { serviceName: 'web', ...FARGATE, placementConstraints: [{ type: 'distinctInstance' }] },
    refused(invalid, /^Placement constraints are not supported with FARGATE launch type\.$/),
  ),
  changes(
    'CreateService',
    'the daemon strategy on Fargate',
    { serviceName: 'web', ...FARGATE, schedulingStrategy: 'DAEMON' },
    refused(invalid, /DAEMON is not supported/, 'ours'),
  ),
  changes(
    'CreateService',
    'what a service is given',
    {
      cluster: 'kept',
      serviceName: 'web',
      ...FARGATE,
      desiredCount: 2,
      deploymentConfiguration: { maximumPercent: 150, minimumHealthyPercent: 50 },
      healthCheckGracePeriodSeconds: 5,
      propagateTags: 'SERVICE',
    },
    {
      answer: {
        service: {
          serviceName: 'web',
          desiredCount: 2,
          runningCount: 0,
          pendingCount: 0,
          deploymentConfiguration: { maximumPercent: 150, minimumHealthyPercent: 50 },
          healthCheckGracePeriodSeconds: 5,
          propagateTags: 'SERVICE',
          deployments: [{ status: 'PRIMARY', desiredCount: 2, runningCount: 0, rolloutState: 'IN_PROGRESS' }],
        },
      },
    },
  ),
  changes(
    'DeleteService',
    'a service with tasks to run',
    { cluster: 'kept', service: 'web' },
    refused(invalid, /^The service cannot be stopped while it is scaled above 0\.$/),
  ),
  changes(
    'DeleteCluster',
    'a cluster with services',
    { cluster: 'kept' },
    refused(
      'ClusterContainsServicesException',
      /^The Cluster cannot be deleted while Services are active\.$/,
    ),
  ),
  changes(
    'DeleteCluster',
    'a cluster with container instances',
    { cluster: 'default' },
    refused('ClusterContainsContainerInstancesException', /Container Instances are active or draining\.$/),
  ),
  changes(
    'UpdateService',
    'an unknown service',
    { service: 'nope', desiredCount: 0 },
    refused('ServiceNotFoundException', /^Service not found\.$/),
  ),
  changes(
    'UpdateService',
    'an unknown task definition',
    { cluster: 'kept', service: 'web', taskDefinition: 'nope' },
    refused('ClientException', /^TaskDefinition not found\.$/),
  ),
  changes(
    'UpdateService',
    'another count',
    { cluster: 'kept', service: 'web', desiredCount: 0 },
    { answer: { service: { desiredCount: 0, healthCheckGracePeriodSeconds: 5 } } },
  ),
  changes(
    'ListServices',
    'a cluster',
    { cluster: 'kept' },
    {
      answer: { serviceArns: ['arn:aws:ecs:us-east-1:000000000000:service/kept/web'] },
    },
  ),
  changes(
    'DeleteService',
    'a service without tasks to run',
    { cluster: 'kept', service: 'web' },
    { answer: { service: { status: 'INACTIVE', deployments: [] } } },
  ),
  changes(
    'UpdateService',
    'a deleted service',
    { cluster: 'kept', service: 'web', desiredCount: 1 },
    refused('ServiceNotActiveException', /^Service was not ACTIVE\.$/),
  ),
  changes(
    'DeleteCluster',
    'an empty cluster',
    { cluster: 'kept' },
    {
      answer: { cluster: { status: 'INACTIVE' } },
    },
  ),
  changes(
    'ListTasks',
    'a deleted cluster',
    { cluster: 'kept' },
    refused('ClusterNotFoundException', /^The referenced cluster was inactive\.$/),
  ),
  changes(
    'DescribeClusters',
    'a deleted cluster',
    { clusters: ['kept'] },
    {
      answer: { clusters: [{ status: 'INACTIVE' }], failures: [] },
    },
  ),
  changes(
    'RegisterTaskDefinition',
    'a definition for an instance',
    { family: 'deleted', containerDefinitions: [{ name: 'app', image: 'app', memory: 64 }] },
    { answer: { taskDefinition: { revision: 1 } } },
  ),
  recent(
    'DeleteTaskDefinitions',
    'an active revision, as a failure',
    { taskDefinitions: ['deleted:1'] },
    {
      answer: {
        taskDefinitions: [],
        failures: [
          {
            reason:
              'The specified task definition is still in ACTIVE status. Please deregister the target and try again.',
          },
        ],
      },
    },
  ),
  changes(
    'DeregisterTaskDefinition',
    'a revision',
    { taskDefinition: 'deleted:1' },
    {
      answer: { taskDefinition: { status: 'INACTIVE' } },
    },
  ),
  recent(
    'DeleteTaskDefinitions',
    'an inactive revision',
    { taskDefinitions: ['deleted:1'] },
    {
      answer: { taskDefinitions: [{ status: 'DELETE_IN_PROGRESS' }], failures: [] },
    },
  ),
  changes(
    'TagResource',
    'an ARN of another account',
    {
      resourceArn: 'arn:aws:ecs:us-east-1:111111111111:cluster/default',
      tags: [{ key: 'a', value: 'b' }],
    },
    refused(invalid, /^Invalid identifier: Identifier is for account 111111111111\./, 'ours'),
  ),
  changes(
    'UntagResource',
    'a task that is not there',
    { resourceArn: `arn:aws:ecs:us-east-1:000000000000:task/default/${'a'.repeat(32)}`, tagKeys: ['a'] },
    refused(invalid, /^The specified resource was not found\./),
  ),
]
