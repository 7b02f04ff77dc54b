import { FargateLoginError } from '../../core/error.ts'

// The SDK gives its answers types, but does not check them, and what answers need not be AWS. A member that is not of
// its type counts as absent; these take what the SDK says is there for what is there.

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A whole number in a range, both ends included. */
export function whole(value: unknown, least: number, most: number): number | undefined {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
    ? (value as number)
    : undefined
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => text(item) !== undefined) : []
}

/** Its members are as little to be trusted. */
export function object<T extends object>(value: T | null | undefined): Partial<T> {
  return typeof value === 'object' && value !== null ? value : {}
}

export function objects<T extends object>(value: readonly T[] | undefined): readonly Partial<T>[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : []
}

/** An answer came, and says nothing; it may have been somebody else's, so another try may help. */
export function incompleteAnswer(operation: string, lacks: string): FargateLoginError {
  return new FargateLoginError('aws-unreachable', `${operation}: the answer has no ${lacks}.`, {
    hint: NOT_AWS,
  })
}

export const NOT_AWS =
  'Is it AWS that answers? Check the network (a proxy, a sign-in page), --region and --endpoint-url; then try again.'
