import { FargateLoginError } from '../../core/error.ts'

// The SDK declares types for its answers but does not check them, and the sender may not be AWS. These functions treat
// a member of the wrong type as absent.

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** An integer from `least` to `most`, both included. */
export function whole(value: unknown, least: number, most: number): number | undefined {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
    ? (value as number)
    : undefined
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => text(item) !== undefined) : []
}

/** The members of the result are equally unchecked. */
export function object<T extends object>(value: T | null | undefined): Partial<T> {
  return typeof value === 'object' && value !== null ? value : {}
}

export function objects<T extends object>(value: readonly T[] | undefined): readonly Partial<T>[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : []
}

/** An answer arrived but lacks what it must have. It may not come from AWS, so another try may help. */
export function incompleteAnswer(operation: string, lacks: string): FargateLoginError {
  return new FargateLoginError('aws-unreachable', `${operation}: the answer has no ${lacks}.`, {
    hint: NOT_AWS,
  })
}

export const NOT_AWS =
  'The answer may not come from AWS. Check the network (a proxy, a sign-in page), --region and --endpoint-url; then try again.'
