import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from './environment.ts'

/** A file or folder of `~/.aws`. */
export function awsPath(environment: Environment, ...names: readonly string[]): string {
  return join(homeOf(environment), '.aws', ...names)
}

/** Replaces a leading `~`. */
export function expandHome(path: string, environment: Environment): string {
  return path === '~' || path.startsWith('~/') ? join(homeOf(environment), path.slice(1)) : path
}

/** The path for messages, with `~` for the home directory. */
export function shortPath(path: string, environment: Environment): string {
  const home = homeOf(environment)
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}

function homeOf(environment: Environment): string {
  return environment.HOME || homedir()
}
