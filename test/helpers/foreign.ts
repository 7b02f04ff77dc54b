import fc from 'fast-check'
import { expect } from 'vitest'

/** Text as a peer may send it: sequences that a terminal obeys or hides, line ends, anything. */
export const foreign: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['\x1b[2J', '\x1b[31m', '\x1b]52;c;aGk=\x07', '\x1b]8;;http://x\x1b\\', '\x1bP+q\x1b\\', '\x1bc'],
        ...[
          '\x9b2J',
          '\x9d0;title\x9c',
          '\x85',
          '\x07',
          '\b\b\b',
          '\r',
          '\r\n',
          '\n',
          '\nfargate-login: ',
          '\t',
        ],
        ...[
          '\x7f',
          '\u202e',
          '\u2066',
          '\u2069',
          '\u200b',
          '\u200d',
          '\ufeff',
          '\u2028',
          '\u2029',
          '\u{e0041}',
        ],
        ...['\ud800', '\udc00', '\0', '\n  Stop it with:\n  ', '$(id)', '`id`', '; id', "'", '"', '\\', '*'],
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(''))

const OBEYED = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** Nothing in it moves the cursor, changes colours, sets a title or a clipboard, or hides text. */
export function expectHarmless(output: string): void {
  const found = OBEYED.exec(output)
  if (found) expect.fail(`${JSON.stringify(found[0])} in ${JSON.stringify(output)}`)
}
