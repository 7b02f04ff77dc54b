import { canonicalJson } from '../text/canonical-json.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** ECS describes what was never said as an empty list or object. */
export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** Equal to ECS, for which absent, `null`, `false`, an empty list and an empty object are one thing. */
export function isSame(before: unknown, after: unknown): boolean {
  return canonicalJson(withoutEmpty(before)) === canonicalJson(withoutEmpty(after))
}

function withoutEmpty(value: unknown): unknown {
  if (value === false || isAbsent(value)) return undefined
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (!isObject(value)) return value
  const members = Object.entries(value).map(([name, member]) => [name, withoutEmpty(member)] as const)
  const full = Object.fromEntries(members.filter(([, member]) => member !== undefined))
  return isAbsent(full) ? undefined : full
}

/** A value in a text; an object may have a `toString` that is none. */
export function inWords(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
