import * as v from 'valibot'
import { type LaunchType, oneOf } from '../../account/enumerations.ts'
import { invalidParameter } from '../../protocol/refusal.ts'

/** The input of RunTask and of services. This machine is the only container instance, so it decides nothing. */
export const PlacementInput = {
  placementConstraints: v.optional(
    v.array(v.looseObject({ type: oneOf('PlacementConstraintType'), expression: v.optional(v.string()) })),
    [],
  ),
  placementStrategy: v.optional(
    v.array(v.looseObject({ type: oneOf('PlacementStrategyType'), field: v.optional(v.string()) })),
    [],
  ),
}

const Placement = v.object(PlacementInput)
type Placement = v.InferOutput<typeof Placement>

export function checkPlacement(
  { placementConstraints: constraints, placementStrategy: strategies }: Placement,
  launchType: LaunchType,
): void {
  if (launchType === 'FARGATE') {
    if (constraints.length > 0) {
      throw invalidParameter('Placement constraints are not supported with FARGATE launch type.')
    }
    if (strategies.length > 0) {
      throw invalidParameter('Placement strategies are not supported with FARGATE launch type.')
    }
  }
  if (constraints.length > 10)
    throw invalidParameter('Placement constraints can not have more than 10 elements.')
  if (strategies.length > 5) throw invalidParameter('Placement strategies can not have more than 5 elements.')
  for (const { type, expression } of constraints) {
    if (type === 'memberOf' && !expression) {
      throw invalidParameter('Placement constraint expression can not be blank for type memberOf.')
    }
  }
}
