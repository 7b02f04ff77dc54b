import { Command } from 'commander'
import { addConfigFlag, addInteractiveFlag, addSettingFlags } from '../config/flags.ts'
import { type Key, settings } from '../config/named-settings.ts'

// Which settings (core/config/settings/) a command takes.

/** The settings of `cp` alone. */
export const COPY: readonly Key[] = ['resumeCopy', 'verifyCopy']
/** The settings of forwards. */
export const FORWARDS: readonly Key[] = ['localForward', 'remoteForward', 'dynamicForward']
/** The settings of a program on our streams. */
export const PROGRAM: readonly Key[] = ['detach', 'pty', 'stdin', 'forwardAgent']

/**
 * Makes a command that opens a session, with all settings.
 * @param without settings that have no meaning for it
 */
export function sessionCommand(name: string, description: string, without: readonly Key[] = COPY): Command {
  const keys = settings.map(({ key }) => key).filter((key) => !without.includes(key))
  const command = new Command(name).description(description)
  return addInteractiveFlag(addConfigFlag(addSettingFlags(command, keys)))
}

/** A command that looks at the tasks of one cluster takes the settings that lead there. */
export function placeCommand(name: string, description: string): Command {
  const command = new Command(name).description(description)
  addSettingFlags(command, ['cluster', 'region', 'profile', 'endpointUrl', 'verbosity'])
  return addConfigFlag(command, 'Options')
}
