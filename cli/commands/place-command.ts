import { Command } from 'commander'
import { addConfigFlag, addSettingFlags } from '../config/flags.ts'

/** Makes a command on the tasks of one cluster, with the settings that locate the cluster. */
export function placeCommand(name: string, description: string): Command {
  const command = new Command(name).description(description)
  return addConfigFlag(addSettingFlags(command, ['cluster', 'region', 'profile', 'endpointUrl', 'verbosity']))
}
