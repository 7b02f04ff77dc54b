import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { LocalEcs } from '../../../local-ecs/local-ecs.ts'
import type { Call, Result } from './call.ts'

export type PythonClient = 'boto3' | 'aws-cli'

/** The distribution's own, whatever else the PATH of a developer has in front. */
export const PYTHON = '/usr/bin/python3'

const SCRIPT = fileURLToPath(new URL('clients.py', import.meta.url))

/** Sends the calls in order, in one process. */
export async function withPython(
  client: PythonClient,
  { endpointUrl, environment }: LocalEcs,
  calls: readonly Call[],
): Promise<readonly Result[]> {
  const python = spawn(PYTHON, ['-B', SCRIPT], { env: { ...environment, HOME: '/nonexistent' } })
  const sent = calls.map(({ operation, input }) => ({ operation, input }))
  python.stdin.end(JSON.stringify({ client, endpoint: endpointUrl, calls: sent }))
  const [stdout, stderr] = await Promise.all([text(python.stdout), text(python.stderr)])
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}
