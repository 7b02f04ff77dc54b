import * as v from 'valibot'
import { StrategyItemInput } from '../../account/capacity-provider.ts'
import { oneOf } from '../../account/enumerations.ts'
import { PlacementInput } from './check-placement.ts'
import { NetworkConfigurationInput } from './choose-network.ts'

/** What RunTask, CreateService and UpdateService have in common: where and how the tasks run. */
export const LaunchInput = {
  launchType: v.optional(oneOf('LaunchType')),
  capacityProviderStrategy: v.optional(v.array(StrategyItemInput)),
  platformVersion: v.optional(v.string()),
  networkConfiguration: NetworkConfigurationInput,
  ...PlacementInput,
  enableExecuteCommand: v.optional(v.boolean(), false),
  propagateTags: v.optional(oneOf('PropagateTags')),
}
