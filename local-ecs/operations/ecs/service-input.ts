import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import type { Cluster } from '../../account/cluster.ts'
import { oneOf } from '../../account/enumerations.ts'
import { findTaskDefinition, taskDefinitionNotFound } from '../../account/task-definition.ts'
import { invalidParameter } from '../../protocol/refusal.ts'
import { checkExecuteCommand } from '../../task/launch/check-execute-command.ts'
import { checkPlacement } from '../../task/launch/check-placement.ts'
import { checkCompatible, checkLaunch } from '../../task/launch/choose-launch.ts'
import { chooseNetwork } from '../../task/launch/choose-network.ts'
import { LaunchInput } from '../../task/launch/launch-input.ts'

/** The settings of a service. Members that do not matter here pass through. */
export const SettingsInput = v.looseObject({
  ...LaunchInput,
  taskDefinition: v.optional(v.string()),
  deploymentController: v.optional(v.looseObject({ type: oneOf('DeploymentControllerType') }), {
    type: 'ECS',
  }),
  deploymentConfiguration: v.optional(v.looseObject({ strategy: v.optional(oneOf('DeploymentStrategy')) })),
  schedulingStrategy: v.optional(oneOf('SchedulingStrategy'), 'REPLICA'),
  availabilityZoneRebalancing: v.optional(oneOf('AvailabilityZoneRebalancing')),
  desiredCount: v.optional(v.number(), 0),
})

export type SettingsInput = v.InferOutput<typeof SettingsInput>

/** In each service. The quota of AWS. */
const MOST_TASKS = 5000

/** Checks the settings as CreateService and UpdateService do. @returns them as DescribeServices shows them */
export function checkSettings(account: Account, cluster: Cluster, settings: SettingsInput) {
  const { desiredCount, schedulingStrategy, deploymentController, enableExecuteCommand } = settings
  if (!Number.isInteger(desiredCount) || desiredCount < 0 || desiredCount > MOST_TASKS) {
    throw invalidParameter(`desiredCount must be between 0 and ${MOST_TASKS}.`)
  }
  const definition = chooseDefinition(account, settings)
  const launchType = checkLaunch(settings, cluster)
  if (schedulingStrategy === 'DAEMON' && (launchType === 'FARGATE' || deploymentController.type !== 'ECS')) {
    throw invalidParameter('The scheduling strategy DAEMON is not supported for this service.')
  }
  checkPlacement(settings, launchType)
  if (definition) {
    checkCompatible(definition, launchType)
    chooseNetwork(settings.networkConfiguration, definition, launchType)
    checkExecuteCommand(enableExecuteCommand, definition)
  }
  return {
    ...settings,
    taskDefinition: definition?.taskDefinitionArn,
    // ECS shows no launch type for a service with a strategy.
    launchType: settings.capacityProviderStrategy?.length ? undefined : launchType,
    ...(launchType === 'FARGATE' && {
      platformVersion: settings.platformVersion ?? 'LATEST',
      platformFamily: 'Linux',
    }),
  }
}

/** With an external controller, the task definition is in the task sets, not in the service. */
function chooseDefinition(account: Account, { taskDefinition, deploymentController }: SettingsInput) {
  if (deploymentController.type === 'EXTERNAL') {
    if (taskDefinition === undefined) return undefined
    throw invalidParameter('TaskDefinition must be blank for an external deployment controller.')
  }
  if (taskDefinition === undefined) throw invalidParameter('TaskDefinition can not be blank.')
  const definition = findTaskDefinition(account, taskDefinition)
  if (!definition) throw taskDefinitionNotFound()
  if (definition.status !== 'ACTIVE') throw invalidParameter('TaskDefinition is inactive')
  return definition
}
