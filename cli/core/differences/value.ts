import { canonicalJson } from '../text/canonical-json.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** ECS describes a member that was not set as an empty list or object. */
export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** Compares like ECS, which treats absent, `null`, `false`, an empty list and an empty object as equal. */
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

/** The text of a value. It does not call `toString`, which an object from JSON can replace. */
export function inWords(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
