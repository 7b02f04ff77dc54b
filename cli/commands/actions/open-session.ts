import { checkArguments } from '../../config/own-bytes.ts'
import { readConfig } from '../../config/read-config.ts'
import type { RawFlags } from '../../config/read-flags.ts'
import { checkCommand, checkSession } from '../../config/rules.ts'
import type { Config } from '../../core/config/config.ts'
import type { Activity } from '../../core/plan/activity.ts'
import { maskPlan } from '../../core/plan/masked-plan.ts'
import { type ProgramUse, wantsPty } from '../../core/plan/pty.ts'
import { printableJson } from '../../core/text/printable-json.ts'
import { quoteWords } from '../../core/text/quote.ts'
import { shellLineAdvice } from '../../core/text/shell-line.ts'
import { warnOfLeftBehind } from '../../session/fleet/left-behind.ts'
import { prepareSession } from '../../session/plan/prepare.ts'
import { runSession } from '../../session/run.ts'
import { planText } from '../../terminal/plan-text.ts'
import type { StandardStreams } from '../../terminal/terminal.ts'
import { version } from '../../version.ts'
import type { Context } from '../context.ts'
import { localUserName } from './local-user.ts'
import { suggestLocal } from './suggest-local.ts'
import { warnOfFillIns } from './warn-of-fill-ins.ts'

export interface SessionInput {
  readonly target: string | undefined
  readonly flags: RawFlags
  readonly use: ProgramUse
  /** The remote command line, or its words; `undefined` opens a shell. */
  readonly command: (requested: Config) => string | readonly string[] | undefined
}

/** The flow of every session command: config, plan, then print the plan or run it. */
export async function openSession(input: SessionInput, context: Context): Promise<void> {
  const { flags, target } = input
  const { environment, directory, streams, cancel, typed } = context
  checkArguments([...typed.own, ...(typed.remote ?? [])])
  const requested = await readConfig({ flags, target, environment, directory })
  const command = commandLine(input.command(requested))
  checkSession(requested)
  if (command !== undefined) checkCommand(command)
  const pty = requested.detach || isPtyWanted(requested, input, streams)
  const program = {
    ...(command !== undefined && { command }),
    pty,
    ...(!requested.stdin && { withoutStdin: true as const }),
  }
  const activity: Activity = { kind: requested.detach ? 'detach' : 'attend', program }

  await using composition = await context.compose(requested)
  const { config, ports, terminal } = composition
  warnOfFillIns(target, config, ports.reporter)
  if (config.verbosity !== 'quiet') await warnOfLeftBehind(ports)
  const suggestion = suggestLocal(requested, environment)
  await composition.signIn().catch(suggestion)
  const localUser = localUserName()
  const preparing = prepareSession({ config, activity, version, localUser, typed }, ports, cancel)
  const prepared = await preparing.catch(suggestion)
  if (config.dryRun) {
    const plan = maskPlan(prepared.plan, config.keyEnv)
    const { columns } = streams.stdout
    const text = () =>
      planText(plan, { columns, verbose: config.verbosity === 'verbose', local: config.local })
    streams.stdout.write(config.json ? `${printableJson(plan)}\n` : text())
    return
  }
  const status = await runSession(prepared, terminal, ports, cancel)
  const advice = input.use === 'command' ? shellLineAdvice(context.remoteArgv ?? [], status) : undefined
  if (advice !== undefined) ports.reporter.warn(advice.text, advice.command)
  context.finish(status)
  if (config.detach) streams.stdout.write(`${prepared.plan.session}\n`)
}

function isPtyWanted(
  { pty: policy, stdin: isRead }: Config,
  { use }: SessionInput,
  streams: StandardStreams,
): boolean {
  const fromTerminal = isRead && streams.stdin.isTTY === true
  return wantsPty({ policy, use, fromTerminal, toTerminal: streams.stdout.isTTY === true })
}

function commandLine(command: string | readonly string[] | undefined): string | undefined {
  return command === undefined || typeof command === 'string' ? command : quoteWords(command)
}
