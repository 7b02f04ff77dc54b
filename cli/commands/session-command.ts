import { Command } from 'commander'
import { addSettingFlags } from '../config/flags.ts'

/** A command that opens a session: all its options in the groups that --help shows. */
export function sessionCommand(name: string, description: string): Command {
  const command = new Command(name).description(description)
  addSettingFlags(command)
  return command
    .option('--local', 'use the embedded ECS on this machine, no AWS account')
    .option('--dry-run', 'print the plan, call nothing that changes anything')
    .option('--detach', 'start it and leave; fargate-login attach comes back')
    .option('-t, --pty', 'force a PTY')
    .option('-T, --no-pty', 'forbid a PTY')
    .option('-q, --quiet', 'no progress, only errors')
    .option('-v, --verbose', 'tell more, to stderr')
    .option('--json', 'machine-readable plan, with --dry-run')
}

/** @param lines `comment` or `$ command` */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`
}
