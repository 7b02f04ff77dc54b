import { findExecutable } from '../../../find-executable.ts'
import type { EngineInfo } from '../engine/engine.ts'

/** Where podman looks for it in addition to PATH. */
const DIRECTORIES = ['/usr/libexec/podman', '/usr/local/libexec/podman', '/usr/lib/podman']

/** Whether `--init` works. Docker includes an init, but podman needs a package that may be missing. */
export async function hasInit({ name }: EngineInfo): Promise<boolean> {
  // On other systems, podman runs in its own virtual machine, which has an init.
  if (name === 'docker' || process.platform !== 'linux') return true
  return (await findExecutable('catatonit', DIRECTORIES)) !== undefined
}
