import { batches } from '../../../core/copy/batches.ts'
import { reasonOf } from '../../../core/copy/file-error.ts'
import { groupSources, type SourceGroup } from '../../../core/copy/group-sources.ts'
import { type Listed, parseTree } from '../../../core/copy/listed-tree.ts'
import { remoteProblems } from '../../../core/copy/remote-problems.ts'
import { listTree, packNames } from '../../../core/copy/remote-scripts.ts'
import { FargateLoginError } from '../../../core/error.ts'
import type { Stage } from '../../ports/files.ts'
import type { CopyWork } from './copy-work.ts'
import type { Arrival } from './download.ts'
import type { RemoteShell } from './remote-shell.ts'
import { verifyTree } from './verify-tree.ts'

/** Brings folders and many files into the stage: one tar archive for all that are in one folder. */
export async function downloadTree(
  arrivals: readonly Arrival[],
  stage: Stage,
  work: CopyWork,
): Promise<void> {
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
  const { group, again } = input
  const names = again ? await missing(input, work) : group.names
  for (const batch of batches(names)) await fetchNames(batch, input, work)
}

async function fetchNames(
  names: readonly string[],
  { shell, group, stage, again }: GroupInput,
  work: CopyWork,
): Promise<void> {
  const { problems, meter } = work
  const { folder, follow } = group
  const tell = problems.tell
  let damaged: unknown
  const output = async (tar: Parameters<Stage['append']>[1]) => {
    try {
      const told = (name: string, reason: string) => tell({ path: group.pathOf(name), reason })
      await stage.unpack({ tar, place: group.place, tell: ({ path, reason }) => told(path, reason) })
    } catch (error) {
      damaged = error
      throw error
    }
  }
  let answer: { readonly status: number; readonly stderr: string }
  try {
    answer = await shell.run(packNames({ folder, names, follow, shallow: again }), { output, meter })
  } catch (error) {
    if (error instanceof FargateLoginError || damaged === undefined) throw error
    return tell({ path: folder, reason: reasonOf(damaged) })
  }
  const told = remoteProblems(answer.stderr, group.pathOf)
  for (const problem of told) tell(problem)
  if (answer.status !== 0 && told.length === 0)
    tell({ path: folder, reason: `tar ended with status ${answer.status}` })
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
