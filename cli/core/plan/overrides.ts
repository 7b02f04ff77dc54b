import { FargateLoginError } from '../error.ts'

/** ECS counts the whole overrides structure, including the JSON punctuation. */
export const OVERRIDES_LIMIT = 8192

/** The part of RunTask's `overrides` that a session needs. */
export interface Overrides {
  readonly containerOverrides: readonly ContainerOverride[]
}

export interface ContainerOverride {
  readonly name: string
  readonly environment: readonly EnvironmentVariable[]
}

export interface EnvironmentVariable {
  readonly name: string
  readonly value: string
}

/**
 * Refuses, before anything starts, what ECS would refuse.
 * @throws FargateLoginError `overrides-too-long`
 */
export function checkOverridesLength(overrides: Overrides): void {
  const length = JSON.stringify(overrides).length
  if (length <= OVERRIDES_LIMIT) return
  const longest = overrides.containerOverrides
    .flatMap((override) => override.environment)
    .toSorted((a, b) => b.value.length - a.value.length)
    .slice(0, 3)
    .map(({ name, value }) => `${name} (${value.length})`)
    .join(', ')
  throw new FargateLoginError(
    'overrides-too-long',
    `The task's environment has ${length} characters in the request; ECS allows ${OVERRIDES_LIMIT}.`,
    { hint: `Shorten or drop -e values. The longest are: ${longest}.` },
  )
}
