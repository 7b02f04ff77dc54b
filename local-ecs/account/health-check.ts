import * as v from 'valibot'

/** Times are in seconds. The defaults are ECS's. */
export const HealthCheckInput = v.looseObject({
  command: v.array(v.string()),
  interval: v.optional(v.number(), 30),
  timeout: v.optional(v.number(), 5),
  retries: v.optional(v.number(), 3),
  startPeriod: v.optional(v.number()),
})

export type HealthCheck = v.InferOutput<typeof HealthCheckInput>

/** The command to run in the container; `undefined` if the check is disabled. */
export function healthCommand({ command: [kind, ...words] }: HealthCheck): readonly string[] | undefined {
  if (kind === 'NONE') return undefined
  return kind === 'CMD-SHELL' ? ['/bin/sh', '-c', ...words] : words
}
