import type { ServiceName } from '../protocol/call.ts'
import { describeInstances } from './ec2/describe-instances.ts'
import { describeNetworkInterfaces } from './ec2/describe-network-interfaces.ts'
import { describeSecurityGroups } from './ec2/describe-security-groups.ts'
import { describeSubnets } from './ec2/describe-subnets.ts'
import { createCluster } from './ecs/create-cluster.ts'
import { createService } from './ecs/create-service.ts'
import { deleteCluster } from './ecs/delete-cluster.ts'
import { deleteService } from './ecs/delete-service.ts'
import { deleteTaskDefinitions } from './ecs/delete-task-definitions.ts'
import { deregisterTaskDefinition } from './ecs/deregister-task-definition.ts'
import { describeClusters } from './ecs/describe-clusters.ts'
import { describeContainerInstances } from './ecs/describe-container-instances.ts'
import { describeServices } from './ecs/describe-services.ts'
import { describeTaskDefinition } from './ecs/describe-task-definition.ts'
import { describeTasks } from './ecs/describe-tasks.ts'
import { listClusters } from './ecs/list-clusters.ts'
import { listContainerInstances } from './ecs/list-container-instances.ts'
import { listServices } from './ecs/list-services.ts'
import { listTagsForResource } from './ecs/list-tags-for-resource.ts'
import { listTaskDefinitionFamilies } from './ecs/list-task-definition-families.ts'
import { listTaskDefinitions } from './ecs/list-task-definitions.ts'
import { listTasks } from './ecs/list-tasks.ts'
import { registerTaskDefinition } from './ecs/register-task-definition.ts'
import { runTask } from './ecs/run-task.ts'
import { stopTask } from './ecs/stop-task.ts'
import { tagResource } from './ecs/tag-resource.ts'
import { untagResource } from './ecs/untag-resource.ts'
import { updateService } from './ecs/update-service.ts'
import type { Operation } from './operation.ts'
import type { OPERATION_NAMES } from './operation-names.ts'
import { assumeRole } from './sts/assume-role.ts'
import { assumeRoleWithWebIdentity } from './sts/assume-role-with-web-identity.ts'
import { getCallerIdentity } from './sts/get-caller-identity.ts'

type Names = typeof OPERATION_NAMES

const OPERATIONS: { readonly [Service in ServiceName]: Readonly<Record<Names[Service][number], Operation>> } =
  {
    ecs: {
      CreateCluster: createCluster,
      CreateService: createService,
      DeleteCluster: deleteCluster,
      DeleteService: deleteService,
      DeleteTaskDefinitions: deleteTaskDefinitions,
      DeregisterTaskDefinition: deregisterTaskDefinition,
      DescribeClusters: describeClusters,
      DescribeContainerInstances: describeContainerInstances,
      DescribeServices: describeServices,
      DescribeTaskDefinition: describeTaskDefinition,
      DescribeTasks: describeTasks,
      ListClusters: listClusters,
      ListContainerInstances: listContainerInstances,
      ListServices: listServices,
      ListTagsForResource: listTagsForResource,
      ListTaskDefinitionFamilies: listTaskDefinitionFamilies,
      ListTaskDefinitions: listTaskDefinitions,
      ListTasks: listTasks,
      RegisterTaskDefinition: registerTaskDefinition,
      RunTask: runTask,
      StopTask: stopTask,
      TagResource: tagResource,
      UntagResource: untagResource,
      UpdateService: updateService,
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
  const operations: Readonly<Record<string, Operation>> = OPERATIONS[service]
  return Object.hasOwn(operations, name) ? operations[name] : undefined
}
