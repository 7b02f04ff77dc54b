import type { Plan } from './plan.ts'

/** Differ from session to session, and mean the same task. */
const ONE_TIME = /^FARGATE_LOGIN_(AUTHORIZED_KEY|HOST_KEY|SESSION|OWNER|CONNECT_GRACE|CLIENT_TIMEOUT|LINGER)$/

/**
 * What two sessions must have in common to use the same task, as text: everything that decides where and what runs, and
 * nothing that belongs to one session. It holds the values of `-e`, so that only a hash of it may be kept.
 * @param keyEnv the variable with the public key
 */
export function planIdentity({ runTask, derivation, reach }: Plan, keyEnv: string): string {
  const { clientToken: _, startedBy: _by, tags: _tags, overrides, ...request } = runTask
  const containers = overrides.containerOverrides.map(({ name, environment }) => ({
    name,
    environment: environment
      .filter((variable) => variable.name !== keyEnv && !ONE_TIME.test(variable.name))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }))
  const { container, route, user, hostKey } = reach
  return JSON.stringify([
    request,
    containers,
    // A derived definition that is not registered yet has no ARN.
    derivation && [derivation.source, derivation.registration],
    { container, route, user, policy: hostKey.policy },
  ])
}
