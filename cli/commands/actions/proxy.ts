import type { RawFlags } from '../../config/read-flags.ts'
import { checkStockSsh } from '../../config/rules.ts'
import { FargateLoginError, hasCode } from '../../core/error.ts'
import { DEFAULT_KEEP_SECONDS } from '../../core/plan/keep.ts'
import type { Context } from '../context.ts'
import { openActivity } from './open-activity.ts'

export interface ProxyInput {
  readonly target: string
  readonly flags: RawFlags
}

/** Of SIGHUP, by which ssh ends its ProxyCommand. */
const HANG_UP_STATUS = 129

/** Is the ProxyCommand of stock ssh, which shows our stderr to its user. */
export async function openProxy({ target, flags }: ProxyInput, context: Context): Promise<void> {
  const silent = context.streams.stderr.isTTY !== true && flags.verbose !== true
  try {
    await openActivity(
      {
        target,
        flags: silent ? { ...flags, quiet: true } : flags,
        defaults: { keep: DEFAULT_KEEP_SECONDS },
        // ssh has forwards of its own, and several proxies at once would want the same ports.
        overrides: { localForward: [], remoteForward: [], dynamicForward: [] },
        activity(requested) {
          checkStockSsh(requested)
          return { kind: 'proxy', target }
        },
      },
      context,
    )
  } catch (error) {
    if (!(error instanceof FargateLoginError)) throw error
    if (!hasCode(error, 'cancelled') || error.exitCode !== HANG_UP_STATUS) throw onOneLine(error)
    context.finish(HANG_UP_STATUS)
  }
}

/** ssh's own message follows, and an editor shows the last lines only. */
function onOneLine({ code, message, hint, exitCode, awsCode, cause }: FargateLoginError): FargateLoginError {
  const text = [message, hint].join(' ').replace(/\s+/g, ' ').trim()
  return new FargateLoginError(code, text, { exitCode, awsCode, cause })
}
