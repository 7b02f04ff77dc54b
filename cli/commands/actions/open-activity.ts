import { checkArguments } from '../../config/own-bytes.ts'
import { readConfig } from '../../config/read-config.ts'
import type { RawFlags } from '../../config/read-flags.ts'
import { checkAgent, checkSession } from '../../config/rules.ts'
import type { Config } from '../../core/config/config.ts'
import type { Activity } from '../../core/plan/activity.ts'
import { maskPlan } from '../../core/plan/masked-plan.ts'
import type { Advice } from '../../core/text/paste.ts'
import { printableJson } from '../../core/text/printable-json.ts'
import { warnOfLeftBehind } from '../../session/fleet/left-behind.ts'
import { prepareSession } from '../../session/plan/prepare.ts'
import { runSession } from '../../session/run.ts'
import { planText } from '../../terminal/plan-text.ts'
import { version } from '../../version.ts'
import type { Context } from '../context.ts'
import { localUserName } from './local-user.ts'
import { suggestLocal } from './suggest-local.ts'
import { warnOfFillIns } from './warn-of-fill-ins.ts'

export interface OpenInput {
  readonly target: string | undefined
  readonly flags: RawFlags
  /** @throws FargateLoginError `usage` for settings that do not fit */
  readonly activity: (requested: Config) => Activity
  /** Settings that the command has if nobody says otherwise. */
  readonly defaults?: Partial<Config>
  /** Settings that the command fixes: flags and the file cannot change them. */
  readonly overrides?: Partial<Config>
  /** What to do better next time, as the exit status shows it. */
  readonly advice?: (status: number) => Advice | undefined
}

/** The flow of every command that reaches a task: config, plan, then print the plan or run it. */
export async function openActivity(input: OpenInput, context: Context): Promise<void> {
  const { flags, target } = input
  const { environment, directory, streams, cancel, typed } = context
  checkArguments([...typed.own, ...(typed.remote ?? [])])
  const given = await readConfig({ flags, target, environment, directory })
  const requested = { ...input.defaults, ...given, ...input.overrides }
  const activity = input.activity(requested)
  checkSession(requested)
  checkAgent(requested, environment.SSH_AUTH_SOCK)

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
  const advice = input.advice?.(status)
  if (advice !== undefined) ports.reporter.warn(advice.text, advice.command)
  context.finish(status)
  if (config.detach) streams.stdout.write(`${prepared.plan.session}\n`)
}
