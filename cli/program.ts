import { Command, CommanderError } from 'commander'
import { attachCommand } from './commands/attach.ts'
import type { Context } from './commands/context.ts'
import { deriveCommand } from './commands/derive.ts'
import { execCommand } from './commands/exec.ts'
import { listCommand } from './commands/list.ts'
import { localCommand } from './commands/local.ts'
import { loginCommand } from './commands/login.ts'
import { planCommand } from './commands/plan.ts'
import { railsConsoleCommand } from './commands/rails.ts'
import { runCommand } from './commands/run.ts'
import { stopCommand } from './commands/stop.ts'
import { version } from './package.ts'
import { printable } from './terminal/printable.ts'

/** What main knows of the process; the rest of a command's context is made here. */
export type ProcessContext = Pick<Context, 'environment' | 'directory' | 'streams' | 'cancel'>

/**
 * Runs the command line.
 * @param argv without node and script
 * @returns the exit status; 2 for a command line that commander refuses, having said why on stderr
 * @throws FargateLoginError, or SuppressedError when the stop failed too
 */
export async function runProgram(argv: readonly string[], process: ProcessContext): Promise<number> {
  const { own, words } = splitWords(argv)
  let status = 0
  const context: Context = {
    ...process,
    words,
    compose: async (config, self) => (await import('./compose.ts')).compose(config, self),
    finish: (code) => {
      status = code
    },
  }
  try {
    await makeProgram(context).parseAsync([...own], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    throw error
  }
  return status
}

/** The command tree. */
function makeProgram(context: Context): Command {
  const program = new Command('fargate-login')
    .description('A real SSH session inside a one-off ECS task, which is stopped when the session ends.')
    .version(version, '-V, --version', 'print the version')
    .usage('[command] [TARGET] [options] [-- WORDS...]')
    .helpCommand('help [command]', 'help for a command')
    .addHelpText(
      'after',
      '\nWithout a command it is login. Options and examples of a command: fargate-login COMMAND --help\n',
    )
  program.addCommand(loginCommand(context), { isDefault: true })
  const makers = [
    execCommand,
    attachCommand,
    railsConsoleCommand,
    runCommand,
    listCommand,
    stopCommand,
    planCommand,
    deriveCommand,
    localCommand,
  ]
  for (const make of makers) {
    program.addCommand(make(context))
  }
  for (const command of [program, ...program.commands]) configure(command, context)
  return program
}

function configure(command: Command, { streams }: Context): void {
  command
    .exitOverride()
    .showHelpAfterError(`  See: fargate-login ${command.parent ? `${command.name()} ` : ''}--help`)
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      // It repeats words of the command line.
      outputError: (text, write) => write(printable(text.replace(/^error: /, 'fargate-login: '))),
    })
}

/** Everything behind the first `--` belongs to the far end, and commander shall not look at it. */
export function splitWords(argv: readonly string[]): {
  own: readonly string[]
  words: readonly string[] | undefined
} {
  const at = argv.indexOf('--')
  return at < 0 ? { own: argv, words: undefined } : { own: argv.slice(0, at), words: argv.slice(at + 1) }
}
