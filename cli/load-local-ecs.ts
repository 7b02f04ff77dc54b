import type { Fault } from '../local-ecs/faults/parse-fault.ts'
import type { LocalEcs, LocalEcsOptions } from '../local-ecs/local-ecs.ts'
import { FargateLoginError } from './core/error.ts'

// The one door to local-ecs/, by import(): no other command evaluates any of it.
export type { Fault, LocalEcsOptions }

/** @throws FargateLoginError `local-unavailable`, or the reason of the signal */
export async function startLocalEcs(options: LocalEcsOptions): Promise<LocalEcs> {
  const local = await import('../local-ecs/local-ecs.ts')
  const { LocalEcsError } = await import('../local-ecs/local-ecs-error.ts')
  try {
    return await local.startLocalEcs(options)
  } catch (error) {
    if (!(error instanceof LocalEcsError)) throw error
    const { message, hint, cause } = error
    throw new FargateLoginError('local-unavailable', message, { hint, cause })
  }
}

/** @returns `undefined` for text that is not a fault */
export async function parseFault(text: string): Promise<Fault | undefined> {
  return (await import('../local-ecs/faults/parse-fault.ts')).parseFault(text)
}
