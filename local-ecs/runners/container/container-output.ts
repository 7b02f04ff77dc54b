import { spawn } from 'node:child_process'
import { keepLastLines } from '../last-lines.ts'
import type { Engine } from './engine/engine.ts'

/** Passes on every line of the container's output until it ends. */
export function followOutput(client: Engine, id: string, output: (line: string) => void): void {
  void readLogs(client, ['--follow', id], output)
}

/**
 * The container's last lines of output. It reads the whole output, because `logs --tail` of podman 4.3 has a bug: it
 * reverses the parts of a line that was written in several writes.
 */
export function lastOutput(client: Engine, id: string): Promise<readonly string[]> {
  return readLogs(client, [id], () => {})
}

/** Does not use `engine`, because output arrives on both streams over time. @returns the last lines */
function readLogs(
  client: Engine,
  args: readonly string[],
  output: (line: string) => void,
): Promise<readonly string[]> {
  const child = spawn(client.path, [...client.quirks.globalArguments, 'logs', ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines = keepLastLines(output)
  lines.listen(child.stdout)
  lines.listen(child.stderr)
  return new Promise((resolve) => {
    child.once('close', () => resolve(lines.last()))
    child.once('error', () => resolve(lines.last()))
  })
}
