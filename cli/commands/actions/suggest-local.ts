import { hasCode, withHint } from '../../core/error.ts'
import { adviceText } from '../../core/text/paste.ts'

/** For commands that --local can do without AWS: somebody without credentials may only want to try. */
export function suggestLocal(error: unknown): never {
  if (!hasCode(error, 'credentials-missing')) throw error
  const advice = adviceText({ text: 'Try it without AWS:', command: 'fargate-login --local' })
  throw withHint(error, error.hint === undefined ? advice : `${error.hint}\n${advice}`)
}
