import type { Config } from '../../core/config/config.ts'
import { FargateLoginError } from '../../core/error.ts'
import { shortcutCommand } from '../../core/plan/shortcut.ts'
import type { Context } from '../context.ts'
import { openSession, type SessionInput } from './open-session.ts'

interface ShortcutInput extends Pick<SessionInput, 'target' | 'flags'> {
  readonly name: string
}

export async function runShortcut({ name, ...input }: ShortcutInput, context: Context): Promise<void> {
  const command = (config: Config) => shortcutCommand(findShortcut(config, name), context.remoteArgv ?? [])
  await openSession({ ...input, use: 'shortcut', command }, context)
}

function findShortcut({ shortcuts }: Config, name: string): string | readonly string[] {
  const shortcut = Object.hasOwn(shortcuts, name) ? shortcuts[name] : undefined
  if (shortcut !== undefined) return shortcut
  throw new FargateLoginError('shortcut-unknown', `There is no shortcut "${name}".`, {
    hint: `Known shortcuts: ${Object.keys(shortcuts).join(', ') || 'none; add them under shortcuts: in fargate-login.yaml'}.`,
  })
}
