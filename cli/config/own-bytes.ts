import { readFileSync } from 'node:fs'
import { FargateLoginError } from '../core/error.ts'
import { shorten } from './invalid.ts'

// Node decodes its arguments and its environment as UTF-8, and replaces each byte that does not fit by U+FFFD. What is
// left is another word than the user typed. Linux still has the bytes.

const REPLACEMENT = '\uFFFD'

/**
 * @param argv the words that the user typed
 * @throws FargateLoginError `usage` for an argument that is not UTF-8
 */
export function checkArguments(argv: readonly string[]): void {
  const suspects = argv.filter((word) => word.includes(REPLACEMENT))
  if (suspects.length === 0) return
  const words = readList('/proc/self/cmdline')
  for (const suspect of suspects) {
    if (!isThere(words, suspect)) throw notUtf8('An argument', suspect.replace(/=.*/s, '=…'))
  }
}

/**
 * Checks a variable of our own environment that we use or pass on.
 * @throws FargateLoginError `usage`
 */
export function checkVariable(name: string, value: string): void {
  if (!value.includes(REPLACEMENT)) return
  if (!isThere(readList('/proc/self/environ'), `${name}=${value}`)) {
    throw notUtf8('The value of a variable', `${name}=…`)
  }
}

/** The entries of a list in /proc; `undefined` on another system than Linux. */
function readList(file: string): readonly Buffer[] | undefined {
  try {
    const bytes = readFileSync(file)
    const entries: Buffer[] = []
    for (let at = 0; at < bytes.length; ) {
      const end = bytes.indexOf(0, at)
      const next = end < 0 ? bytes.length : end
      entries.push(bytes.subarray(at, next))
      at = next + 1
    }
    return entries
  } catch {
    return undefined
  }
}

/** Whether the user typed U+FFFD itself. Without the bytes, nobody can tell, and a wrong word is worse than an error. */
function isThere(entries: readonly Buffer[] | undefined, text: string): boolean {
  const bytes = Buffer.from(text)
  return entries?.some((entry) => entry.equals(bytes)) ?? false
}

function notUtf8(what: string, shown: string): FargateLoginError {
  return new FargateLoginError('usage', `${what} is not UTF-8: ${shorten(shown)}`, {
    hint: 'Only UTF-8 reaches the task unchanged. Pass other bytes through stdin or a file.',
  })
}
