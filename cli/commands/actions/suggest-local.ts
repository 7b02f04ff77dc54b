import { hasCode, withHint } from '../../core/error.ts'
import { type AwsAccess, adviceText } from '../../core/text/paste.ts'

/**
 * For commands that --local can do without AWS: somebody without credentials may only want to try.
 * @returns a rejection handler that adds this to the hint, unless the user has named a profile
 */
export function suggestLocal(
  { profile }: AwsAccess,
  { AWS_PROFILE, AWS_DEFAULT_PROFILE }: Readonly<Record<string, string | undefined>>,
): (error: unknown) => never {
  return (error) => {
    const hasAws = [profile, AWS_PROFILE, AWS_DEFAULT_PROFILE].some((name) => name)
    if (hasAws || !hasCode(error, 'credentials-missing')) throw error
    const advice = adviceText({ text: 'Try it without AWS:', command: 'fargate-login --local' })
    throw withHint(error, error.hint === undefined ? advice : `${error.hint}\n${advice}`)
  }
}
