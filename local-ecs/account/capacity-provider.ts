import * as v from 'valibot'
import { invalidParameter } from '../protocol/refusal.ts'
import type { LaunchType } from './enumerations.ts'

/** The account's capacity providers are fixed, like its network. Tasks get the launch type of their provider. */
export const CAPACITY_PROVIDERS: Readonly<Record<string, LaunchType>> = {
  FARGATE: 'FARGATE',
  FARGATE_SPOT: 'FARGATE',
  'managed-instances': 'MANAGED_INSTANCES',
}

export const StrategyItemInput = v.looseObject({
  capacityProvider: v.string(),
  weight: v.optional(v.number()),
  base: v.optional(v.number()),
})

/** @throws Refusal if the account has no such provider */
export function providerLaunchType(name: string): LaunchType {
  const launchType = Object.hasOwn(CAPACITY_PROVIDERS, name) ? CAPACITY_PROVIDERS[name] : undefined
  if (launchType) return launchType
  throw invalidParameter(`The specified capacity provider '${name}' was not found.`)
}
