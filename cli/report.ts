import { coloursFor } from './terminal/colour.ts'
import { errorStatus, errorText } from './terminal/error-text.ts'
import { glyphsFor } from './terminal/glyphs.ts'

/**
 * Prints an error on stderr.
 * @returns its exit status
 */
export function report(error: unknown, verbose: boolean, { stderr, env }: NodeJS.Process): number {
  stderr.write(errorText(error, { colours: coloursFor(stderr, env), glyphs: glyphsFor(env), verbose }))
  return errorStatus(error)
}
