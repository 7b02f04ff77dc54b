import { fileURLToPath } from 'node:url'
import manifest from '../package.json' with { type: 'json' }

/** What the rest needs to know of the package itself; dist/ and cli/ lie equally deep in it. */
export const version: string = manifest.version
export const imageDirectory: string = fileURLToPath(new URL('../sshd-image', import.meta.url))
