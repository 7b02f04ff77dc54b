import type { ServiceName } from '../protocol/call.ts'
import { describeInstances } from './ec2/describe-instances.ts'
import { describeNetworkInterfaces } from './ec2/describe-network-interfaces.ts'
import { describeSecurityGroups } from './ec2/describe-security-groups.ts'
import { describeSubnets } from './ec2/describe-subnets.ts'
import { createCluster } from './ecs/create-cluster.ts'
import { createService } from './ecs/create-service.ts'
import { deregisterTaskDefinition } from './ecs/deregister-task-definition.ts'
import { describeClusters } from './ecs/describe-clusters.ts'
import { describeContainerInstances } from './ecs/describe-container-instances.ts'
import { describeServices } from './ecs/describe-services.ts'
import { describeTaskDefinition } from './ecs/describe-task-definition.ts'
import { describeTasks } from './ecs/describe-tasks.ts'
import { listClusters } from './ecs/list-clusters.ts'
import { listServices } from './ecs/list-services.ts'
import { listTagsForResource } from './ecs/list-tags-for-resource.ts'
import { listTaskDefinitionFamilies } from './ecs/list-task-definition-families.ts'
import { listTaskDefinitions } from './ecs/list-task-definitions.ts'
import { listTasks } from './ecs/list-tasks.ts'
import { registerTaskDefinition } from './ecs/register-task-definition.ts'
import { runTask } from './ecs/run-task.ts'
import { stopTask } from './ecs/stop-task.ts'
import { tagResource } from './ecs/tag-resource.ts'
import type { Operation } from './operation.ts'
import { assumeRole } from './sts/assume-role.ts'
import { assumeRoleWithWebIdentity } from './sts/assume-role-with-web-identity.ts'
import { getCallerIdentity } from './sts/get-caller-identity.ts'

const OPERATIONS: Readonly<Record<ServiceName, Readonly<Record<string, Operation>>>> = {
  ecs: {
    CreateCluster: createCluster,
    CreateService: createService,
    DeregisterTaskDefinition: deregisterTaskDefinition,
    DescribeClusters: describeClusters,
    DescribeContainerInstances: describeContainerInstances,
    DescribeServices: describeServices,
    DescribeTaskDefinition: describeTaskDefinition,
    DescribeTasks: describeTasks,
    ListClusters: listClusters,
    ListServices: listServices,
    ListTagsForResource: listTagsForResource,
    ListTaskDefinitionFamilies: listTaskDefinitionFamilies,
    ListTaskDefinitions: listTaskDefinitions,
    ListTasks: listTasks,
    RegisterTaskDefinition: registerTaskDefinition,
    RunTask: runTask,
    StopTask: stopTask,
    TagResource: tagResource,
  },
  ec2: {
    DescribeInstances: describeInstances,
    DescribeNetworkInterfaces: describeNetworkInterfaces,
    DescribeSecurityGroups: describeSecurityGroups,
    DescribeSubnets: describeSubnets,
  },
  sts: {
    AssumeRole: assumeRole,
    AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
    GetCallerIdentity: getCallerIdentity,
  },
}

export function findOperation(service: ServiceName, name: string): Operation | undefined {
  return Object.hasOwn(OPERATIONS[service], name) ? OPERATIONS[service][name] : undefined
}
