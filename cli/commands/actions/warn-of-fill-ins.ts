import type { Config } from '../../core/config/config.ts'
import type { Reporter } from '../../session/ports/reporter.ts'

/** A variable can surprise a user who has typed a TARGET. */
export function warnOfFillIns(
  target: string | undefined,
  { filledIn = [] }: Config,
  reporter: Pick<Reporter, 'warn'>,
): void {
  if (filledIn.length === 0) return
  reporter.warn(`Target ${target} leaves something open that a variable decides: ${filledIn.join(', ')}.`)
}
