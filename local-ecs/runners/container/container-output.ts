import { spawn } from 'node:child_process'
import { keepLastLines } from '../last-lines.ts'
import type { Engine } from './engine/engine.ts'

/** Passes on every line that the container prints, until it ends. */
export function followOutput(client: Engine, id: string, output: (line: string) => void): void {
  void readLogs(client, ['--follow', id], output)
}

/**
 * The last lines that the container printed. They are found in all of its output: `logs --tail` of podman 4.3 shows the
 * parts of a line that was written bit by bit in reverse.
 */
export function lastOutput(client: Engine, id: string): Promise<readonly string[]> {
  return readLogs(client, [id], () => {})
}

/** Not `engine`: the output of the container comes on both streams, in its own time. @returns its last lines */
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
