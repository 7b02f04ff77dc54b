import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { IMAGE_DIRECTORY } from '../../helpers/ecs.ts'

const PEER = fileURLToPath(new URL('peer.mjs', import.meta.url))
const ENTRYPOINT = join(IMAGE_DIRECTORY, 'entrypoint.sh')

/** What the task runs instead of the image's entrypoint. */
export type Image =
  /** Something else listens there, see peer.mjs. */
  | {
      readonly peer: string
      /** Seconds that its start takes. */
      readonly after?: number
    }
  /** A shell script; `$entrypoint` is the real one. */
  | { readonly script: string }
  /** The image, with more sshd_config in front. */
  | { readonly sshdConfig: string }

/** Makes the folder of the image in `directory`. @returns its path */
export async function makeImage(image: Image | undefined, directory: string): Promise<string> {
  if (!image) return IMAGE_DIRECTORY
  const folder = join(directory, 'image')
  await mkdir(folder)
  if ('sshdConfig' in image) {
    await cp(IMAGE_DIRECTORY, folder, { recursive: true })
    const config = await readFile(join(folder, 'sshd_config'), 'utf8')
    await writeFile(join(folder, 'sshd_config'), `${image.sshdConfig}\n${config}`)
    return folder
  }
  const script =
    'peer' in image
      ? `sleep ${image.after ?? 0}; exec '${process.execPath}' '${PEER}' '${image.peer}' '${ENTRYPOINT}'`
      : image.script
  await writeFile(join(folder, 'entrypoint.sh'), `entrypoint='${ENTRYPOINT}'\n${script}\n`)
  return folder
}
