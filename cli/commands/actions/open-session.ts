import { readConfig } from '../../config/read-config.ts'
import type { RawFlags } from '../../config/read-flags.ts'
import { checkCommand, checkSession } from '../../config/rules.ts'
import type { Config } from '../../core/config/config.ts'
import type { Activity } from '../../core/plan/activity.ts'
import { maskPlan } from '../../core/plan/masked-plan.ts'
import { wantsPty } from '../../core/plan/pty.ts'
import { printableJson } from '../../core/text/printable-json.ts'
import { quoteWords } from '../../core/text/quote.ts'
import { warnOfLeftBehind } from '../../session/fleet/left-behind.ts'
import { prepareSession } from '../../session/plan/prepare.ts'
import { runSession } from '../../session/run.ts'
import { planText } from '../../terminal/plan-text.ts'
import { onTerminal } from '../../terminal/terminal.ts'
import { version } from '../../version.ts'
import type { Context } from '../context.ts'
import { localUserName } from './local-user.ts'
import { suggestLocal } from './suggest-local.ts'

export interface SessionInput {
  readonly target: string | undefined
  readonly flags: RawFlags
  /** Whether it is for a person (shell, console), and so gets a PTY on a terminal. */
  readonly interactive: boolean
  /** The remote command line, or its words; `undefined` opens a shell. */
  readonly command: (requested: Config) => string | readonly string[] | undefined
}

/** The flow of every session command: config, plan, then print the plan or run it. */
export async function openSession(input: SessionInput, context: Context): Promise<void> {
  const { flags, target, interactive } = input
  const { environment, directory, streams, cancel } = context
  const requested = await readConfig({ flags, target, environment, directory })
  checkSession(requested)
  const command = commandLine(input.command(requested))
  if (command !== undefined) checkCommand(command)
  const pty =
    requested.detach || wantsPty({ policy: requested.pty, onTerminal: onTerminal(streams), interactive })
  const program = command === undefined ? { pty } : { command, pty }
  const activity: Activity = { kind: requested.detach ? 'detach' : 'attend', program }

  await using composition = await context.compose(requested)
  const { config, ports, terminal } = composition
  if (config.verbosity !== 'quiet') await warnOfLeftBehind(ports)
  const localUser = localUserName()
  const preparing = prepareSession({ config, activity, version, localUser }, ports, cancel)
  const prepared = await preparing.catch(suggestLocal)
  if (config.dryRun) {
    const plan = maskPlan(prepared.plan, config.keyEnv)
    const { columns } = streams.stdout
    const text = () =>
      planText(plan, { columns, verbose: config.verbosity === 'verbose', local: config.local })
    streams.stdout.write(config.json ? `${printableJson(plan)}\n` : text())
    return
  }
  context.finish(await runSession(prepared, terminal, ports, cancel))
  if (config.detach) streams.stdout.write(`${prepared.plan.session}\n`)
}

function commandLine(command: string | readonly string[] | undefined): string | undefined {
  return command === undefined || typeof command === 'string' ? command : quoteWords(command)
}
