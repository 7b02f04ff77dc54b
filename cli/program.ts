import { Command, CommanderError } from 'commander'
import { attachCommand } from './commands/attach.ts'
import type { Context, ProcessContext } from './commands/context.ts'
import { copyCommand } from './commands/cp.ts'
import { deriveCommand } from './commands/derive.ts'
import { execCommand } from './commands/exec.ts'
import { forwardCommand } from './commands/forward.ts'
import { HELP_LAYOUT } from './commands/help-layout.ts'
import { listCommand } from './commands/list.ts'
import { localCommand } from './commands/local.ts'
import { loginCommand } from './commands/login.ts'
import { planCommand } from './commands/plan.ts'
import { completeProgramHelp } from './commands/program-help.ts'
import { proxyCommand } from './commands/proxy.ts'
import { railsConsoleCommand } from './commands/rails.ts'
import { runCommand } from './commands/run.ts'
import { sshConfigCommand } from './commands/ssh-config.ts'
import { stopCommand } from './commands/stop.ts'
import { upCommand } from './commands/up.ts'
import { commandFirst } from './commands/usage/command-first.ts'
import { Refusal } from './commands/usage/refusal.ts'
import { completeBareFlags, declareFlags } from './config/flags.ts'
import { version } from './version.ts'

/** The result of the program. main renders the error. */
export type Outcome = { readonly status: number } | { readonly error: unknown; readonly verbose: boolean }

/**
 * Runs the command line.
 * @param argv without node and script
 */
export async function runCommandLine(argv: readonly string[], process: ProcessContext): Promise<Outcome> {
  const { own, remoteArgv } = splitArgv(argv)
  let status = 0
  let verbose = false
  const program = makeProgram({
    ...process,
    remoteArgv,
    typed: { own, remote: remoteArgv },
    compose: async (requested) => (await import('./compose.ts')).compose(requested, process),
    finish: (code) => {
      status = code
    },
  })
  program.hook('preSubcommand', (_, command) => declareFlags(command))
  program.hook('preAction', async (_, command) => {
    // Now, as an upgrade may replace the package's files before the session ends.
    await import('./report.ts')
    verbose = command.opts().verbose === true
  })
  const words = commandFirst(completeBareFlags(own), program)
  try {
    await program.parseAsync([...words], { from: 'user' })
    return { status }
  } catch (error) {
    if (error instanceof CommanderError) return { status: 0 }
    if (!CALLS_FOR_ADVICE.test((error as { code?: string }).code ?? '')) return { error, verbose }
    const { advise } = await import('./commands/usage/advise.ts')
    return { error: await advise(error, { ...process, words, remoteArgv, program }), verbose }
  }
}

/** The codes of errors that are about the words of the command line. */
const CALLS_FOR_ADVICE = /^(commander\.|remote-command-|target-unknown$|shortcut-unknown$)/

/** The command tree. */
export function makeProgram(context: Context): Command {
  const program = new Command('fargate-login')
    .description('A real SSH session inside a one-off ECS task, which stops when the session ends.')
    .version(version, '-V, --version', 'print the version')
    .usage('[command] [TARGET] [options] [-- CMD [ARG...]]')
    .helpCommand('help [command]', 'print the help of a command')
  program.addCommand(loginCommand(context), { isDefault: true })
  const makers = [
    execCommand,
    railsConsoleCommand,
    runCommand,
    copyCommand,
    forwardCommand,
    upCommand,
    attachCommand,
    listCommand,
    stopCommand,
    planCommand,
    deriveCommand,
    sshConfigCommand,
    proxyCommand,
    localCommand,
  ]
  for (const make of makers) {
    program.addCommand(make(context))
  }
  completeProgramHelp(program)
  for (const command of [program, ...program.commands]) configure(command, context)
  return program
}

function configure(command: Command, { streams }: Context): void {
  command
    .addHelpText('before', ({ command: shown }) => {
      declareFlags(shown)
      return ''
    })
    .configureHelp(HELP_LAYOUT)
    .exitOverride((error) => {
      if (error.exitCode === 0) throw error
      throw new Refusal(error.code, error.message)
    })
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      // Our own words for it follow, so commander prints nothing.
      writeErr: () => {},
    })
}

/** Splits off everything after the first `--`, which is for the remote command, so commander never sees it. */
function splitArgv(argv: readonly string[]): {
  readonly own: readonly string[]
  readonly remoteArgv: readonly string[] | undefined
} {
  const at = argv.indexOf('--')
  return at < 0
    ? { own: argv, remoteArgv: undefined }
    : { own: argv.slice(0, at), remoteArgv: argv.slice(at + 1) }
}
