import { fileURLToPath } from 'node:url'

/** The sshd image of this package; dist/ and cli/ lie equally deep in it. */
export const imageDirectory: string = fileURLToPath(new URL('../sshd-image', import.meta.url))
