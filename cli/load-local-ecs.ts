import type { Fault } from '../local-ecs/faults/parse-fault.ts'
import type { LocalEcs, LocalEcsOptions } from '../local-ecs/local-ecs.ts'
import { FargateLoginError } from './core/error.ts'

// The only import of local-ecs/. It uses import(), so other commands load none of it.
export type { Fault, LocalEcs }

/** @throws FargateLoginError `local-unavailable`, or the signal's reason */
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

/** @returns `undefined` if the text is not a fault */
export async function parseFault(text: string): Promise<Fault | undefined> {
  return (await import('../local-ecs/faults/parse-fault.ts')).parseFault(text)
}

/** @returns what is wrong with a text that is not a fault, and what is right */
export async function faultMistake(text: string): Promise<string> {
  return (await import('../local-ecs/faults/parse-fault.ts')).faultMistake(text)
}

/** The names of the variables that lead a client to a local ECS. */
export async function clientVariableNames(): Promise<readonly string[]> {
  return Object.keys((await import('../local-ecs/default-target.ts')).clientEnvironment('', ''))
}
