import { statSync } from 'node:fs'
import { root } from './root.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

/** Installs what package-lock.json says, unless that has been done since it last changed. */
export function ensureNodeModules() {
  const wanted = modified(`${root}package-lock.json`)
  const installed = modified(`${root}node_modules/.package-lock.json`)
  if (installed >= wanted) return
  say('npm ci takes about 20 s, this time only')
  // Without scripts: nothing here needs one, and ssh2's optional native part wants a compiler.
  run('npm', ['ci', '--include=dev', '--ignore-scripts'], { cwd: root })
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
