import type { RawFlags } from '../config/flags.ts'
import { readConfig } from '../config/read-config.ts'
import type { Config } from '../core/config.ts'
import { FargateLoginError } from '../core/error.ts'
import { maskPlan } from '../core/plan/masked-plan.ts'
import { wantsPty } from '../core/plan/remote-request.ts'
import { printableJson } from '../core/text/printable-json.ts'
import { version } from '../package.ts'
import { warnOfLeftBehind } from '../session/fleet/left-behind.ts'
import { prepareSession } from '../session/plan/prepare.ts'
import { runSession } from '../session/run.ts'
import { planText } from '../terminal/plan-text.ts'
import { onTerminal } from '../terminal/terminal.ts'
import type { Context } from './context.ts'
import { localUserName } from './local-user.ts'

export interface SessionOrder {
  readonly target: string | undefined
  readonly flags: RawFlags
  /** Meant for a person (shell, console), so it gets a PTY on a terminal. */
  readonly interactive: boolean
  /** The remote command line; `undefined` opens a shell. */
  readonly command: (config: Config) => string | undefined
}

/** An SSH packet holds 256 KiB, and sshd drops who sends more. */
const COMMAND_LIMIT = 250_000

/** What every session command does: config, plan, then print the plan or run it. */
export async function openSession(order: SessionOrder, context: Context): Promise<void> {
  const { flags, target, interactive } = order
  const { environment, directory, streams, cancel } = context
  const said = await readConfig({ flags, target, environment, directory })
  if (said.json && !said.dryRun) {
    throw new FargateLoginError(
      'usage',
      '--json is for the plan: a session writes what the far end writes.',
      {
        hint: 'Add --dry-run, or drop --json.',
      },
    )
  }
  if (said.detach) refuseDetach(said)
  const command = order.command(said)
  if (command !== undefined && Buffer.byteLength(command) > COMMAND_LIMIT) {
    throw new FargateLoginError('usage', `The command has more than ${COMMAND_LIMIT} bytes.`, {
      hint: 'Pass the data through stdin.',
    })
  }
  const pty = said.detach || wantsPty({ policy: said.pty, onTerminal: onTerminal(streams), interactive })
  const remote = command === undefined ? { pty } : { command, pty }

  await using composition = await context.compose(said, context)
  const { config, ports } = composition
  if (config.verbosity !== 'quiet') await warnOfLeftBehind(ports)
  const localUser = localUserName()
  const prepared = await prepareSession({ config, remote, version, localUser }, ports, cancel)
  if (config.dryRun) {
    const plan = maskPlan(prepared.plan, config.keyEnv)
    streams.stdout.write(config.json ? `${printableJson(plan)}\n` : planText(plan))
    return
  }
  context.finish(await runSession(prepared, ports, cancel))
  if (config.detach) streams.stdout.write(`${prepared.plan.session}\n`)
}

function refuseDetach({ local, pty }: Config): void {
  if (local) {
    throw new FargateLoginError('usage', '--detach leaves a task running, and --local ends its tasks.', {
      hint: 'Start the embedded ECS in another terminal, with fargate-login local, and drop --local.',
    })
  }
  if (pty === 'forbid') {
    throw new FargateLoginError('usage', '--detach holds the program on a terminal, which -T forbids.', {
      hint: 'Drop -T.',
    })
  }
}
