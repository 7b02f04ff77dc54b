import { FargateLoginError } from '../core/error.ts'
import type { Context } from './context.ts'

export function requireWords({ words }: Context, command: string): readonly string[] {
  if (words?.length) return words
  throw new FargateLoginError('usage', `${command} needs a command.`, {
    hint: `Put it after two dashes: fargate-login ${command} [TARGET] -- CMD [ARG...]`,
  })
}

export function refuseWords({ words }: Context, command: string): void {
  if (words === undefined) return
  throw new FargateLoginError('usage', `${command} takes no command.`, {
    hint: 'To run one: fargate-login exec [TARGET] -- CMD [ARG...]',
  })
}
