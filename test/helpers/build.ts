import { ensureDist } from '../../scripts/setup/dist.mjs'

/** vitest's globalSetup: the end-to-end tests run the bundle that users get, so it must be today's. */
export default function setup(): void {
  ensureDist()
}
