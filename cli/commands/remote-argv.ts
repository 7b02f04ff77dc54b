import { FargateLoginError } from '../core/error.ts'
import type { Context } from './context.ts'

export function requireRemoteArgv({ remoteArgv }: Context, command: string): readonly string[] {
  if (remoteArgv?.length) return remoteArgv
  throw new FargateLoginError('usage', `${command} needs a command.`, {
    hint: `Put it after two dashes:\nfargate-login ${command} [TARGET] -- CMD [ARG...]`,
  })
}

export function refuseRemoteArgv({ remoteArgv }: Context, command: string): void {
  if (remoteArgv === undefined) return
  throw new FargateLoginError('usage', `${command} takes no command.`, {
    hint: 'Run one with:\nfargate-login exec [TARGET] -- CMD [ARG...]',
  })
}
