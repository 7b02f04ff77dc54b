import { Command } from 'commander'
import { addConfigFlag, addSettingFlags } from '../config/flags.ts'
import { type Key, settings } from '../config/named-settings.ts'

/**
 * A command that opens a session takes every setting.
 * @param without those that mean nothing to it
 */
export function sessionCommand(name: string, description: string, without: readonly Key[] = []): Command {
  const keys = settings.map(({ key }) => key).filter((key) => !without.includes(key))
  return addConfigFlag(addSettingFlags(new Command(name).description(description), keys))
}
