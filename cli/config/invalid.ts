import { type ErrorCode, FargateLoginError } from '../core/error.ts'

/** @param where what the user must check: a flag, a variable, or `FILE:LINE: key` */
export function invalid(where: string, expects: string, given: unknown, code: ErrorCode = 'config-invalid') {
  return new FargateLoginError(code, `${where}: expected ${expects}, got ${show(given)}.`)
}

/** The most characters of a key or a value in a message. */
const LENGTH = 100

function show(given: unknown): string {
  return shorten(typeof given === 'number' ? String(given) : json(given))
}

function json(given: unknown): string {
  try {
    return JSON.stringify(given) ?? String(given)
  } catch {
    return 'a value that contains itself'
  }
}

/** Shortens a text to fit one line of a message. */
export function shorten(text: string): string {
  const line = text.replaceAll('\n', '\\n')
  return line.length > LENGTH ? `${line.slice(0, LENGTH)}…` : line
}
