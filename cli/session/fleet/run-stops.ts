import { FargateLoginError } from '../../core/error.ts'
import { runStop, type Stop, type StopContext } from './stop.ts'

/**
 * Runs the stops one after the other. A stop that fails does not prevent the next one.
 * @throws FargateLoginError the only failure, or one error that lists all of them; the user's cancel at once
 */
export async function runStops(
  stops: readonly Stop[],
  context: StopContext,
  cancel: AbortSignal,
): Promise<void> {
  const failures: FargateLoginError[] = []
  for (const stop of stops) {
    cancel.throwIfAborted()
    try {
      await runStop(stop, context, cancel)
    } catch (error) {
      cancel.throwIfAborted()
      if (!(error instanceof FargateLoginError)) throw error
      failures.push(error)
    }
  }
  const [first, ...others] = failures
  if (first === undefined) return
  if (others.length === 0) throw first
  const message = `${failures.length} of ${stops.length} could not be stopped:`
  const details = failures.map((failure) => [failure.message, failure.hint].filter(Boolean).join('\n'))
  throw new FargateLoginError(first.code, message, { hint: details.join('\n'), cause: first })
}
