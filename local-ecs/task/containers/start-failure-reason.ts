import { StartFailure } from '../../runners/start-failure.ts'

/** The runner words its own failures like ECS. Any other error comes from the network or the engine. */
export function startFailureReason(error: unknown): string {
  const { message } = error as Error
  return error instanceof StartFailure ? message : `ResourceInitializationError: ${message}`
}
