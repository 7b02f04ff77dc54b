import { spawnSync } from 'node:child_process'

/** Runs a program to its end, its output on stderr. @throws Error with the command line when it fails */
export function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 2, 2], ...options })
  if (error) throw error
  if (status !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${status}`)
}

/** Whether a program runs and ends well; says nothing. */
export function works(program, args, options = {}) {
  return spawnSync(program, args, { stdio: 'ignore', timeout: 60_000, ...options }).status === 0
}
