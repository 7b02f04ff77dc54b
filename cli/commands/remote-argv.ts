import type { Context } from './context.ts'
import { Refusal } from './usage/refusal.ts'

/** @throws Refusal */
export function requireRemoteArgv({ remoteArgv }: Context, command: string): readonly string[] {
  if (remoteArgv?.length) return remoteArgv
  throw new Refusal('remote-command-missing', `${command} needs a command.`)
}

/** @throws Refusal */
export function refuseRemoteArgv({ remoteArgv }: Context, command: string): void {
  if (remoteArgv === undefined) return
  throw new Refusal('remote-command-refused', `${command} takes no command.`)
}
