import type { Ulimit } from '../../container-settings.ts'
import type { Quirks } from '../engine/engine.ts'
import { hardLimitsByName } from '../engine/hard-limits.ts'

/**
 * The container's own limits replace general ones of the same name. If general limits are needed, this machine cannot
 * raise hard limits, so the container's are cut to what is available.
 */
export async function ulimitArguments(
  ulimits: readonly Ulimit[],
  { limitArguments }: Pick<Quirks, 'limitArguments'>,
): Promise<readonly string[]> {
  if (ulimits.length === 0) return limitArguments
  const general = new Map(
    limitArguments.filter((each) => each.includes('=')).map((each) => [each.split('=')[0] ?? '', each]),
  )
  const most = limitArguments.length > 0 ? await hardLimitsByName() : {}
  for (const { name, soft, hard } of ulimits) {
    const limit = (value: number) => clamp(value, most[name])
    general.set(name, `${name}=${limit(soft)}:${limit(hard)}`)
  }
  return [...general.values()].flatMap((each) => ['--ulimit', each])
}

/** -1 means no limit. */
function clamp(value: number, most = Number.POSITIVE_INFINITY): number {
  const wanted = value === -1 ? Number.POSITIVE_INFINITY : value
  const least = Math.min(wanted, most)
  return least === Number.POSITIVE_INFINITY ? -1 : least
}
