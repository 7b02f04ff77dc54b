import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run, works } from './run.mjs'
import { say } from './say.mjs'

const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/sbin']

/** Whether a program of that name is in PATH or where system programs live. */
export function hasProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS]
  return folders.some((folder) => existsSync(join(folder, name)))
}

/**
 * Installs Debian packages whose program is missing.
 * @param wanted program -> package
 * @throws Error that names the command to run where it cannot be done from here
 */
export function ensurePackages(wanted) {
  const missing = Object.entries(wanted)
    .filter(([program]) => !hasProgram(program))
    .map(([, name]) => name)
  if (missing.length === 0) return
  const apt = ['apt-get', 'install', '-y', '--no-install-recommends', ...new Set(missing)]
  const isRoot = process.getuid?.() === 0
  if (!hasProgram('apt-get') || !(isRoot || works('sudo', ['-n', 'true']))) {
    throw new Error(
      `Missing: ${missing.join(', ')}. Install them, on Debian or Ubuntu: sudo ${apt.join(' ')}`,
    )
  }
  say(apt.join(' '))
  const [program, ...args] = isRoot ? apt : ['sudo', '-n', ...apt]
  const update = isRoot ? ['apt-get', 'update', '-q'] : ['sudo', '-n', 'apt-get', 'update', '-q']
  withoutServices(isRoot, () => {
    const options = {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 2],
    }
    run(update[0], update.slice(1), options)
    run(program, args, options)
  })
}

const POLICY = '/usr/sbin/policy-rc.d'

/** We want sshd's program, not a service on port 22: Debian asks this file before it starts one. */
function withoutServices(isRoot, install) {
  if (!isRoot || existsSync(POLICY)) return install()
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    install()
  } finally {
    rmSync(POLICY)
  }
}
