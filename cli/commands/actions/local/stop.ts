import { FargateLoginError } from '../../../core/error.ts'
import { startLimit } from '../../../core/wait/time-limit.ts'
import { clientVariableNames } from '../../../load-local-ecs.ts'
import { findProcess } from '../../../local-process.ts'
import { clock } from '../../../terminal/clock.ts'
import type { Context } from '../../context.ts'
import { EVAL_STOP } from './detach.ts'
import { PROCESS_VARIABLE } from './process-variable.ts'
import { say } from './start-ecs.ts'

const PAUSE_MS = 50
/** A container may take 30 seconds to stop. */
const TIME_LIMIT_SECONDS = 60

/** Ends the local ECS whose variables this shell has. Prints the lines that forget these variables. */
export async function stopLocalEcs(context: Context): Promise<void> {
  const { environment, streams, cancel } = context
  const identity = environment[PROCESS_VARIABLE]
  if (!identity) {
    throw new FargateLoginError('usage', 'This shell has no local ECS to stop.', {
      hint:
        `${PROCESS_VARIABLE} is not set. Use --stop in the shell that has the variables of fargate-login local. ` +
        'The one around a command ends with the command.',
    })
  }
  const pid = await findProcess(identity)
  if (pid !== undefined) await end(pid, identity, cancel)
  for (const name of [...(await clientVariableNames()), PROCESS_VARIABLE]) {
    streams.stdout.write(`unset ${name}\n`)
  }
  say(context, pid === undefined ? 'The local ECS had ended already.' : 'The local ECS has ended.')
  if (streams.stdout.isTTY) say(context, 'Forget its variables as well with:', EVAL_STOP)
}

async function end(pid: number, identity: string, cancel: AbortSignal): Promise<void> {
  process.kill(pid, 'SIGTERM')
  using limit = startLimit(TIME_LIMIT_SECONDS, () => stillThere(pid), cancel)
  while ((await findProcess(identity)) !== undefined) await clock.sleep(PAUSE_MS, limit.signal)
}

function stillThere(pid: number): FargateLoginError {
  const message = `The local ECS, process ${pid}, has not ended within ${TIME_LIMIT_SECONDS} s.`
  return new FargateLoginError('local-unavailable', message, {
    hint: `It may wait for its tasks. End it at once with:\nkill -KILL ${pid}`,
  })
}
