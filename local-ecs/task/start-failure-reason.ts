import { StartFailure } from '../runners/start-failure.ts'

/** What the runner could not do is told in ECS's words; what it did not foresee is the network's, or the engine's. */
export function startFailureReason(error: unknown): string {
  const { message } = error as Error
  return error instanceof StartFailure ? message : `ResourceInitializationError: ${message}`
}
