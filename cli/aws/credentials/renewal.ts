import { quoteWords } from '../../core/text/quote.ts'
import { signInAgain } from './sign-in-again.ts'
import type { Source } from './source.ts'

/** The next action for credentials that AWS calls expired or wrong. */
export function renewal(source: Source): string {
  switch (source.kind) {
    case 'keys':
      return source.profile === undefined
        ? 'The keys come from AWS_ACCESS_KEY_ID in the environment. Renew them, or unset them to use a profile.'
        : `The keys come from profile ${source.profile}. Renew them with:\n${quoteWords(['aws', 'configure', '--profile', source.profile])}`
    case 'sso':
      return signInAgain(source.profile)
    case 'login':
      return `Sign in with:\n${quoteWords(['aws', 'login', '--profile', source.profile])}`
    case 'process':
      return `The keys come from the credential_process of profile ${source.profile}:\n${source.command}`
    case 'role':
      return renewal(source.source)
    case 'web-identity':
      return `The token in ${source.tokenFile} was exchanged for these credentials. Check it.`
    case 'container':
    case 'instance':
      return 'The credentials are those of the role of this machine. Check the role, then try again.'
  }
}
