import { execFileSync } from 'node:child_process'

/** vitest's globalSetup: the end-to-end tests run the bundle that users get, so it must be today's. */
export default function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
}
