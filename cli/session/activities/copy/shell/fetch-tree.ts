import type { Readable } from 'node:stream'
import { batches } from '../../../../core/copy/batches.ts'
import { reasonOf } from '../../../../core/copy/file-error.ts'
import { groupSources, type SourceGroup } from '../../../../core/copy/group-sources.ts'
import { type Listed, parseTree } from '../../../../core/copy/listed-tree.ts'
import { remoteProblems } from '../../../../core/copy/remote-problems.ts'
import { listTree, packNames } from '../../../../core/copy/scripts/tree.ts'
import { FargateLoginError } from '../../../../core/error.ts'
import type { Stage } from '../../../ports/files.ts'
import type { CopyWork } from '../copy-work.ts'
import type { Arrival } from '../download.ts'
import { needPrograms } from './no-answer.ts'
import type { RemoteShell } from './remote-shell.ts'
import { verifyTree } from './verify-tree.ts'

/** Brings folders and many files into the stage: one tar archive for all that are in one folder. */
export async function fetchTree(arrivals: readonly Arrival[], stage: Stage, work: CopyWork): Promise<void> {
  const groups = groupSources(arrivals.map(({ source, entry }) => ({ ...source, entry })))
  for (const group of groups) {
    await work.again((shell, attempt) => {
      const again = attempt > 0 || work.planned.resume
      return fetchGroup({ shell, group, stage, again, arrivals }, work)
    })
    if (work.planned.verify) await verifyTree(group, stage, work)
  }
}

interface GroupInput {
  readonly shell: RemoteShell
  readonly group: SourceGroup
  readonly stage: Stage
  /** Whether a part of it may be here already. */
  readonly again: boolean
  readonly arrivals: readonly Arrival[]
}

async function fetchGroup(input: GroupInput, work: CopyWork): Promise<void> {
  const { group, again, stage } = input
  const names = again ? await missing(input, work) : group.names
  for (const batch of batches(names)) {
    if (await fetchNames(batch, input, work)) continue
    for (const entry of group.entries) await stage.remove([entry])
    return
  }
}

/** @returns whether the archive came whole */
async function fetchNames(
  names: readonly string[],
  { shell, group, stage, again }: GroupInput,
  { problems: { tell }, meter }: CopyWork,
): Promise<boolean> {
  const { folder, follow, place, pathOf } = group
  const refused = (name: string, reason: string) => tell({ path: pathOf(name), reason })
  let damage: unknown
  const output = async (tar: Readable) => {
    try {
      await stage.unpack({ tar, place, tell: ({ path, reason }) => refused(path, reason) })
    } catch (error) {
      damage = error
      // If the archive just ended, tar or the connection knows why.
      if (!tar.readableEnded) throw error
    }
    return undefined
  }
  const script = packNames({ folder, names, follow, shallow: again })
  const answer = await shell.run(script, { output, meter }).catch((error: unknown) => {
    if (error instanceof FargateLoginError || damage === undefined) throw error
    return { status: 0, stderr: '' }
  })
  needPrograms('tar', answer)
  const told = remoteProblems(answer.stderr, pathOf)
  for (const problem of told) tell(problem)
  if (answer.status !== 0 && told.length === 0)
    tell({ path: folder, reason: `tar ended with status ${answer.status}` })
  if (damage !== undefined) tell({ path: folder, reason: `${reasonOf(damage)}. Nothing of it is copied` })
  return damage === undefined
}

/** What is not yet here with the same size and time. */
async function missing(
  { shell, group, stage, arrivals }: GroupInput,
  { files, planned }: CopyWork,
): Promise<readonly string[]> {
  const { stdout } = await shell.ask(listTree(group))
  const here = new Map<string, string>()
  for (const entry of group.entries) {
    for (const { parts, size, mtime } of await stage.files(entry))
      here.set(parts.join('/'), `${size}/${mtime}`)
    const landing = arrivals.find((one) => one.entry === entry)?.landing
    if (landing === undefined || !planned.resume) continue
    for (const { name, size, mtime } of await files.list(landing))
      here.set(`${entry}${name}`, `${size}/${mtime}`)
  }
  const isHere = ({ name, size, mtime }: Listed) => {
    const place = group.place(name === '.' ? [] : name.split('/'))
    return size !== undefined && place !== undefined && here.get(place.join('/')) === `${size}/${mtime}`
  }
  return parseTree(stdout)
    .filter((one) => !isHere(one))
    .map(({ name }) => name)
}
