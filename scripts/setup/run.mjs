import { spawnSync } from 'node:child_process'

/** Runs a program to its end; what it says is shown when it fails. @throws Error with the command line then */
export function run(program, args, options = {}) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  })
  if (status === 0) return
  process.stderr.write(stdout ?? '')
  process.stderr.write(stderr ?? '')
  throw error ?? new Error(`${[program, ...args].join(' ')} ended with ${status}`)
}

/** Whether a program runs and ends well; says nothing. */
export function works(program, args, options = {}) {
  return spawnSync(program, args, { stdio: 'ignore', timeout: 60_000, ...options }).status === 0
}
