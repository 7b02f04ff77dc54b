/** The operations that the local ECS has, by service, as the APIs spell them. */
export const OPERATION_NAMES = {
  ecs: [
    'CreateCluster',
    'CreateService',
    'DeleteCluster',
    'DeleteService',
    'DeleteTaskDefinitions',
    'DeregisterTaskDefinition',
    'DescribeClusters',
    'DescribeContainerInstances',
    'DescribeServices',
    'DescribeTaskDefinition',
    'DescribeTasks',
    'ListClusters',
    'ListContainerInstances',
    'ListServices',
    'ListTagsForResource',
    'ListTaskDefinitionFamilies',
    'ListTaskDefinitions',
    'ListTasks',
    'RegisterTaskDefinition',
    'RunTask',
    'StopTask',
    'TagResource',
    'UntagResource',
    'UpdateService',
  ],
  ec2: ['DescribeInstances', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeSubnets'],
  sts: ['AssumeRole', 'AssumeRoleWithWebIdentity', 'GetCallerIdentity'],
} as const

export const ALL_OPERATIONS: readonly string[] = Object.values(OPERATION_NAMES).flat()
