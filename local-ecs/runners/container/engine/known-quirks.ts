import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { homedir, release } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { machineEnvironment } from '../../../machine-environment.ts'
import type { EngineInfo, Quirks } from './engine.ts'
import { hardLimits } from './hard-limits.ts'
import { findQuirks } from './quirks.ts'

/**
 * A cached `findQuirks`, which has to start containers. The key is the engine, its version, the kernel and the limits.
 */
export async function knownQuirks(found: EngineInfo, image: string): Promise<Quirks> {
  const key = JSON.stringify([found.path, found.version, release(), await hardLimits()])
  const known = await readCache()
  const cached = known[key]
  if (cached) return cached
  const quirks = await findQuirks(found, image)
  await writeCache({ ...known, [key]: quirks })
  return quirks
}

type Cache = Readonly<Record<string, Quirks>>

function cacheDirectory(): string {
  const { XDG_CACHE_HOME: given } = machineEnvironment()
  return join(given && isAbsolute(given) ? given : join('/', homedir(), '.cache'), 'fargate-login')
}

async function readCache(): Promise<Cache> {
  try {
    return JSON.parse(await readFile(join(cacheDirectory(), 'engines.json'), 'utf8')) as Cache
  } catch {
    // Missing or incomplete: find out again.
    return {}
  }
}

async function writeCache(cache: Cache): Promise<void> {
  const directory = cacheDirectory()
  const draft = join(directory, `engines.${process.pid}.json`)
  try {
    await mkdir(directory, { recursive: true })
    await writeFile(draft, JSON.stringify(cache, undefined, 2))
    await rename(draft, join(directory, 'engines.json'))
  } catch {
    // Without write permission in the home directory, the probe runs each time; nothing else is lost.
  }
}
