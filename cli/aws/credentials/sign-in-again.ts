import { quoteWords } from '../../core/text/quote.ts'

/** The hint for a sign-in to IAM Identity Center that has expired or never was. */
export function signInAgain(profile: string): string {
  return `Sign in with:\n${quoteWords(['aws', 'sso', 'login', '--profile', profile])}`
}
