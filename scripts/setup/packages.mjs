import { existsSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { run, works } from './run.mjs'
import { say } from './say.mjs'

const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/sbin']

/** Whether a program of that name is in PATH or where system programs live. A path has to exist. */
export function hasProgram(name) {
  if (isAbsolute(name)) return existsSync(name)
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS]
  return folders.some((folder) => existsSync(join(folder, name)))
}

/**
 * Installs Debian packages whose program is missing.
 * @param wanted program, or path of a file -> package
 * @throws Error that names the command to run where it cannot be done from here
 */
export function ensurePackages(wanted) {
  const missing = Object.entries(wanted)
    .filter(([program]) => !hasProgram(program))
    .map(([, name]) => name)
  if (missing.length === 0) return
  const names = [...new Set(missing)]
  const command = `apt-get install --no-install-recommends ${names.join(' ')}`
  const isRoot = process.getuid?.() === 0
  if (!hasProgram('apt-get') || !(isRoot || works('sudo', ['-n', 'true']))) {
    throw new Error(`Missing: ${names.join(', ')}. Install them, on Debian or Ubuntu: sudo ${command}`)
  }
  say(command)
  const shell = ['sh', '-c', INSTALL, 'install', ...names]
  const [program, ...args] = isRoot ? shell : ['sudo', '-n', ...shell]
  run(program, args)
}

/**
 * We want programs, above all sshd's, and no service on port 22: Debian asks policy-rc.d before it starts one, and the
 * next start of the machine must not start one either.
 */
const INSTALL = `
set -eu
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' INT TERM HUP
  printf '#!/bin/sh\\nexit 101\\n' >"$policy"
  chmod 755 "$policy"
fi
apt-get update -q
apt-get install -q -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"
case " $* " in
  *' openssh-server '*)
    if command -v update-rc.d >/dev/null; then update-rc.d ssh disable || :; fi
    if command -v systemctl >/dev/null; then systemctl disable ssh.service ssh.socket || :; fi ;;
esac
`
