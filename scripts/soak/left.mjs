import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Processes that carry the mark of this soak in their environment: clients, and what tasks have run. Linux only. */
export function processesLeft(mark) {
  if (!existsSync('/proc/self/environ')) return []
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false
    return read(`/proc/${pid}/environ`).includes(mark)
  })
}

/** Directories in which tasks of this soak had their keys: what sessions start from names the mark. */
export function privateDirectoriesLeft(mark) {
  return ['/run', '/dev/shm', '/tmp'].flatMap((base) =>
    list(base)
      .filter((name) => /^fargate-login\.\w{8}$/.test(name))
      .map((name) => join(base, name))
      .filter((path) => read(join(path, 'session.args')).includes(mark)),
  )
}

/** Every file of the clients: their TMPDIR, state and home. */
export function filesLeft(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

function read(path) {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

function list(path) {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
