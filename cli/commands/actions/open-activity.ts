import { readConfig } from '../../config/read-config.ts'
import type { RawFlags } from '../../config/read-flags.ts'
import { checkAgent, checkSession } from '../../config/rules.ts'
import type { Config } from '../../core/config/config.ts'
import type { Activity } from '../../core/plan/activity.ts'
import { maskPlan } from '../../core/plan/masked-plan.ts'
import { printableJson } from '../../core/text/printable-json.ts'
import { warnOfLeftBehind } from '../../session/fleet/left-behind.ts'
import { prepareSession } from '../../session/plan/prepare.ts'
import { runSession } from '../../session/run.ts'
import { planText } from '../../terminal/plan-text.ts'
import { version } from '../../version.ts'
import type { Context } from '../context.ts'
import { localUserName } from './local-user.ts'

export interface OpenInput {
  readonly target: string | undefined
  readonly flags: RawFlags
  /** @throws FargateLoginError `usage` for settings that do not fit */
  readonly activity: (requested: Config) => Activity
  /** Settings that the command has if nobody says otherwise. */
  readonly defaults?: Partial<Config>
  /** Settings that the command has whatever is said. */
  readonly overrides?: Partial<Config>
}

/** The flow of every command that reaches a task: config, plan, then print the plan or run it. */
export async function openActivity(input: OpenInput, context: Context): Promise<void> {
  const { flags, target } = input
  const { environment, directory, streams, cancel } = context
  const given = await readConfig({ flags, target, environment, directory })
  const requested = { ...input.defaults, ...given, ...input.overrides }
  checkSession(requested)
  checkAgent(requested, environment.SSH_AUTH_SOCK)
  const activity = input.activity(requested)

  await using composition = await context.compose(requested)
  const { config, ports, terminal } = composition
  if (config.verbosity !== 'quiet') await warnOfLeftBehind(ports)
  const localUser = localUserName()
  const prepared = await prepareSession({ config, activity, version, localUser }, ports, cancel)
  if (config.dryRun) {
    const plan = maskPlan(prepared.plan, config.keyEnv)
    streams.stdout.write(config.json ? `${printableJson(plan)}\n` : planText(plan))
    return
  }
  context.finish(await runSession(prepared, terminal, ports, cancel))
  if (config.detach) streams.stdout.write(`${prepared.plan.session}\n`)
}
