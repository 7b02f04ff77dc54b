import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { machineEnvironment } from '../../../machine-environment.ts'

export interface ClientOptions {
  /** Variables that the client gets in addition to the user's own. */
  readonly environment?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** The engine's client failed; the message is its own. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
}

/**
 * Runs the client of a container engine and returns its output. It uses no shell, and its own process group, because
 * Ctrl-C in the terminal is for the session, not for a client that is starting or stopping a container.
 * @throws EngineError
 */
export async function callClient(
  path: string,
  args: readonly string[],
  { environment, signal }: ClientOptions = {},
): Promise<string> {
  const child = spawn(path, args, {
    detached: true,
    env: { ...machineEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
  })
  // Await all three at once, so that a rejection never goes unhandled.
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  if (status === 0) return stdout.trim()
  throw new EngineError(
    lastLine(stderr) ?? lastLine(stdout) ?? `${path} ${args[0]} ended with status ${status}`,
  )
}

function lastLine(output: string): string | undefined {
  return output
    .trimEnd()
    .split('\n')
    .findLast((line) => line.trim() !== '')
    ?.trim()
}
