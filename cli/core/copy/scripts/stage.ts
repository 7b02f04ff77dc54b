import { PLAIN_MESSAGES } from './plain-messages.ts'
import { remotePath } from './remote-words.ts'

/** Makes our folder, and writes stdin into a file in it. */
export function receiveFile(stage: string, append: boolean): string {
  const folder = remotePath(stage)
  if (append) return `${PLAIN_MESSAGES}\nexec cat >>${folder}/0`
  // Only the folder is private: what comes from stdin gets the mode that `cat >FILE` would give it.
  return `${PLAIN_MESSAGES}\n(umask 077 && mkdir -p ${folder}) && exec cat >${folder}/0`
}

/** Makes our folder, and unpacks stdin in it. Owners are not taken over. */
export function receiveTree(stage: string): string {
  const folder = remotePath(stage)
  return `${PLAIN_MESSAGES}
umask 077
mkdir -p ${folder} && cd ${folder} && exec tar -xpof -`
}

/** Cuts files of our folder to the bytes that are right. `undefined` removes a file. */
export function cutFiles(stage: string, cuts: ReadonlyMap<string, number | undefined>): string {
  const lines = [...cuts].map(([name, bytes]) => {
    const file = remotePath(`${stage}/${name}`)
    return bytes === undefined ? `rm -f ${file}` : `truncate -s ${bytes} ${file} || rm -f ${file}`
  })
  return lines.join('\n')
}

export function removeStage(stage: string): string {
  const folder = remotePath(stage)
  return `[ ! -d ${folder} ] || { chmod -R u+rwX ${folder}; rm -rf ${folder}; } 2>/dev/null`
}
