import { Command } from 'commander'
import { addConfigFlag, addSettingFlags } from '../config/flags.ts'
import { type Key, settings } from '../config/settings.ts'

/**
 * Makes a command that opens a session, with all settings.
 * @param without settings that have no meaning for it
 */
export function sessionCommand(name: string, description: string, without: readonly Key[] = []): Command {
  const keys = settings.map(({ key }) => key).filter((key) => !without.includes(key))
  return addConfigFlag(addSettingFlags(new Command(name).description(description), keys))
}
