import { Command } from 'commander'
import { addSettingFlags } from '../config/flags.ts'

/** A command that looks at the tasks of one cluster: only the options that say which, and how to get there. */
export function placeCommand(name: string, description: string): Command {
  const command = new Command(name).description(description)
  addSettingFlags(command, ['cluster', 'region', 'profile', 'endpointUrl'])
  return command
    .option('-q, --quiet', 'no progress, only errors')
    .option('-v, --verbose', 'tell more, to stderr')
}
