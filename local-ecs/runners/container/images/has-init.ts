import { findExecutable } from '../../../find-executable.ts'
import type { EngineInfo } from '../engine/engine.ts'

/** Where podman looks for it beside PATH. */
const DIRECTORIES = ['/usr/libexec/podman', '/usr/local/libexec/podman', '/usr/lib/podman']

/** Whether `--init` works: docker brings its own, podman needs a package that may be missing. */
export async function hasInit({ name }: EngineInfo): Promise<boolean> {
  // Elsewhere podman is in a machine of its own, which has it.
  if (name === 'docker' || process.platform !== 'linux') return true
  return (await findExecutable('catatonit', DIRECTORIES)) !== undefined
}
