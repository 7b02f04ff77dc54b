import { existsSync, readFileSync } from 'node:fs'
import type { LocalEcs } from '../../../local-ecs/local-ecs.ts'

/** Looks out for the directories in which tasks of the process runner have their keys. */
export interface Lookout extends Disposable {
  /** Those that are still there. */
  left(): readonly string[]
}

/** Milliseconds. */
const OFTEN = 25

export function watchPrivateDirectories(ecs: LocalEcs): Lookout {
  const found = new Map<string, string>()
  const timer = setInterval(() => {
    for (const pid of ecs.tasks.flatMap(({ runtimeIds }) => runtimeIds)) {
      const directory = found.has(pid) ? undefined : privateDirectory(pid)
      if (directory !== undefined) found.set(pid, directory)
    }
  }, OFTEN)
  return {
    left: () => [...found.values()].filter((directory) => existsSync(directory)),
    [Symbol.dispose]: () => clearInterval(timer),
  }
}

/** The supervisor is told by its environment where the keys are. */
function privateDirectory(pid: string): string | undefined {
  try {
    const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
    return entries.find((entry) => entry.startsWith('private='))?.slice('private='.length)
  } catch {
    return undefined
  }
}
