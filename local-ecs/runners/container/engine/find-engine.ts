import { findExecutable } from '../../../find-executable.ts'
import type { EngineInfo } from './engine.ts'
import { callClient } from './engine-client.ts'

/** Ask for the version of the engine itself, because the client may be installed without one. */
const QUESTIONS = {
  docker: ['version', '--format', '{{.Server.Version}}'],
  podman: ['info', '--format', '{{.Version.Version}}'],
} as const

/** In milliseconds. A client for an engine on another machine may wait for a long time. */
const TIME_LIMIT_MS = 5_000

/** Finds the first engine that responds, or explains why there is none. */
export async function findEngine(): Promise<EngineInfo | { readonly missing: string }> {
  const names = ['docker', 'podman'] as const
  const answers = await Promise.all(names.map(ask))
  const found = answers.find((answer) => 'version' in answer)
  return found ?? { missing: answers.map((answer) => ('missing' in answer ? answer.missing : '')).join('; ') }
}

async function ask(name: EngineInfo['name']): Promise<EngineInfo | { readonly missing: string }> {
  const path = await findExecutable(name)
  if (path === undefined) return { missing: `no ${name}` }
  try {
    const version = await callClient(path, QUESTIONS[name], { signal: AbortSignal.timeout(TIME_LIMIT_MS) })
    return { name, path, version }
  } catch (error) {
    return { missing: `${name}: ${(error as Error).message}` }
  }
}
