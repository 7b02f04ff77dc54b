import { fileURLToPath } from 'node:url'
import manifest from '../package.json' with { type: 'json' }

/** Facts about the package. The relative path works in dist/ and in cli/, which are equally deep. */
export const version: string = manifest.version
export const imageDirectory: string = fileURLToPath(new URL('../sshd-image', import.meta.url))
