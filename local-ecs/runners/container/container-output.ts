import { spawn } from 'node:child_process'
import { keepLastLines } from '../last-lines.ts'
import type { Engine } from './engine.ts'

/** Passes on every line that the container prints, until it ends. */
export function followOutput(client: Engine, id: string, output: (line: string) => void): void {
  void readLogs(client, ['--follow', id], output)
}

export async function lastOutput(client: Engine, id: string): Promise<readonly string[]> {
  const lines: string[] = []
  await readLogs(client, ['--tail', '5', id], (line) => lines.push(line))
  return lines
}

/** Not `engine`: the output of the container comes on both streams, in its own time. */
function readLogs(client: Engine, args: readonly string[], output: (line: string) => void): Promise<void> {
  const child = spawn(client.path, [...client.quirks.globalArguments, 'logs', ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lastLines = keepLastLines(output)
  lastLines.listen(child.stdout)
  lastLines.listen(child.stderr)
  return new Promise((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
}
