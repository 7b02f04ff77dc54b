import { Command } from 'commander'
import { addConfigFlag, addSettingFlags } from '../config/flags.ts'

/** A command that looks at the tasks of one cluster takes the settings that lead there. */
export function placeCommand(name: string, description: string): Command {
  const command = new Command(name).description(description)
  return addConfigFlag(addSettingFlags(command, ['cluster', 'region', 'profile', 'endpointUrl', 'verbosity']))
}
