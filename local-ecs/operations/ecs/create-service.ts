import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { type Service, serviceArn } from '../../account/service.ts'
import { checkTags, TagsInput } from '../../account/tag.ts'
import {
  findTaskDefinition,
  type TaskDefinition,
  taskDefinitionNotFound,
} from '../../account/task-definition.ts'
import { epochSeconds } from '../../account/time.ts'
import { readInput } from '../../protocol/read-input.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { checkLaunch } from '../../task/launch/choose-launch.ts'
import { chooseNetwork, NetworkConfigurationInput } from '../../task/launch/choose-network.ts'

const Input = v.looseObject({
  cluster: v.optional(v.string()),
  serviceName: v.string(),
  taskDefinition: v.optional(v.string()),
  deploymentController: v.optional(v.looseObject({ type: v.picklist(['ECS', 'CODE_DEPLOY', 'EXTERNAL']) }), {
    type: 'ECS',
  }),
  desiredCount: v.optional(v.number(), 0),
  launchType: v.optional(v.string()),
  capacityProviderStrategy: v.optional(v.array(v.looseObject({ capacityProvider: v.string() }))),
  platformVersion: v.optional(v.string()),
  networkConfiguration: NetworkConfigurationInput,
  tags: TagsInput,
})

/** Creates a service for clients to read. It runs no tasks, but reports them as running so that waiters end. */
export function createService(account: Account, body: unknown): unknown {
  const { cluster: reference, taskDefinition, clientToken, ...input } = readInput(Input, body)
  const cluster = findCluster(account, reference)
  const definition = chooseDefinition(account, taskDefinition, input.deploymentController.type)
  const arn = serviceArn(cluster, input.serviceName)
  if (account.services.has(arn)) throw invalidParameter('Creation of service was not idempotent.')
  checkTags(input.tags)
  const launchType = checkLaunch(input)
  if (definition) chooseNetwork(input.networkConfiguration, definition, launchType)

  const usesStrategy = (input.capacityProviderStrategy?.length ?? 0) > 0
  const service: Service = {
    ...input,
    serviceArn: arn,
    clusterArn: cluster.arn,
    status: 'ACTIVE',
    taskDefinition: definition?.taskDefinitionArn,
    // ECS shows no launch type for a service with a strategy.
    ...(!usesStrategy && { launchType }),
    ...(launchType === 'FARGATE' && {
      platformVersion: input.platformVersion ?? 'LATEST',
      platformFamily: 'Linux',
    }),
    createdAt: epochSeconds(),
    runningCount: input.desiredCount,
    pendingCount: 0,
    deployments: [{ id: `ecs-svc/${randomUUID()}`, status: 'PRIMARY', rolloutState: 'COMPLETED' }],
    events: [],
    loadBalancers: input.loadBalancers ?? [],
    schedulingStrategy: input.schedulingStrategy ?? 'REPLICA',
  }
  account.services.set(arn, service)
  return { service }
}

/** With an external controller, the task definition is in the task sets, not in the service. */
function chooseDefinition(
  account: Account,
  reference: string | undefined,
  controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL',
): TaskDefinition | undefined {
  if (controller === 'EXTERNAL') {
    if (reference === undefined) return undefined
    throw invalidParameter('TaskDefinition must be blank for an external deployment controller.')
  }
  if (reference === undefined) throw invalidParameter('TaskDefinition can not be blank.')
  const definition = findTaskDefinition(account, reference)
  if (!definition) throw taskDefinitionNotFound()
  return definition
}
