import { Readable } from 'node:stream'
import { reasonOf } from '../../../../core/copy/file-error.ts'
import { join } from '../../../../core/copy/landing.ts'
import { DIFFERS } from '../../../../core/copy/reasons.ts'
import { SftpError } from '../../../../core/copy/sftp-error.ts'
import { FargateLoginError } from '../../../../core/error.ts'
import type { CopyWork } from '../copy-work.ts'
import { archive } from './archive.ts'
import { remoteHash } from './counted.ts'
import type { FetchInput } from './fetch-input.ts'

/**
 * Brings a folder into the stage. It is made into a tar archive on this side, and unpacked with all the checks that an
 * archive of the task goes through.
 */
export async function fetchFolder(input: FetchInput, work: CopyWork): Promise<void> {
  const { arrival, stage, again } = input
  const { source, entry } = arrival
  const { problems, planned } = work
  const tell = (name: string, reason: string) => problems.tell({ path: pathIn(source.path, name), reason })
  const incomplete = new Set<string>()
  try {
    await again(async (sftp, attempt) => {
      const here = attempt > 0 || planned.resume ? await present(input, work) : new Set<string>()
      const members = archive(sftp, {
        folder: source.path,
        has: (name, { size, mtime }) => here.has(`${size}/${mtime}/${name}`),
        tell,
        onIncomplete: (name) => void incomplete.add(name),
        meter: work.meter,
      })
      const tar = Readable.from(members, { objectMode: false, highWaterMark: 1 << 20 })
      await stage.unpack({
        tar,
        place: (parts) => [entry, ...parts],
        tell: ({ path, reason }) => tell(path, reason),
      })
    })
  } catch (error) {
    if (error instanceof FargateLoginError) throw error
    problems.tell({ path: source.path, reason: `${reasonOf(error)}. Nothing of it is copied` })
    return await stage.remove([entry])
  }
  for (const name of incomplete) await stage.remove([entry, ...name.split('/')])
  if (planned.verify) await verify(input, work)
}

/** What is here already, as `SIZE/TIME/NAME`. */
async function present({ arrival, stage }: FetchInput, { files, planned }: CopyWork): Promise<Set<string>> {
  const here = new Set<string>()
  for (const { parts, size, mtime } of await stage.files(arrival.entry))
    here.add(`${size}/${mtime}/${parts.slice(1).join('/')}`)
  if (planned.resume) {
    for (const { name, size, mtime } of await files.list(arrival.landing))
      here.add(`${size}/${mtime}/${name.slice(1)}`)
  }
  return here
}

/** Reads every file again. What differs is reported, and the stage does not keep it. */
async function verify({ arrival, stage, again }: FetchInput, { problems }: CopyWork): Promise<void> {
  for (const { parts } of await stage.files(arrival.entry)) {
    const path = pathIn(arrival.source.path, parts.slice(1).join('/'))
    try {
      if ((await again((sftp) => remoteHash(sftp, path))) === (await stage.hash(parts))) continue
      problems.tell({ path, reason: DIFFERS })
    } catch (error) {
      if (!(error instanceof SftpError)) throw error
      problems.tell({ path, reason: reasonOf(error) })
    }
    await stage.remove(parts)
  }
}

function pathIn(folder: string, name: string): string {
  const bare = name.replace(/^\.\//, '').replace(/\/$/, '')
  if (bare === '' || bare === '.') return folder
  return folder === '.' ? bare : join(folder, bare)
}
