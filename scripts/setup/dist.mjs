import { readdirSync, statSync } from 'node:fs'
import { root } from './root.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

/** Builds dist/ when a source is newer than it. */
export function ensureDist() {
  const built = statSync(`${root}dist/fargate-login.js`, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (sources().every((path) => statSync(path).mtimeMs <= built)) return
  say('building dist/')
  run(process.execPath, [`${root}scripts/build.mjs`, `${root}scripts/setup/bundle.mjs`])
}

function sources() {
  const typescript = ['cli', 'local-ecs']
    .flatMap((folder) => readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
  return [
    ...typescript,
    `${root}package.json`,
    `${root}package-lock.json`,
    `${root}scripts/build.mjs`,
    `${root}scripts/setup/bundle.mjs`,
  ]
}
