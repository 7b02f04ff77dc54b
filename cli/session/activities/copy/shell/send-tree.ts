import { reasonOf } from '../../../../core/copy/file-error.ts'
import { join } from '../../../../core/copy/landing.ts'
import { parseHashes, parseTree } from '../../../../core/copy/listed-tree.ts'
import { DIFFERS, HASH_UNKNOWN } from '../../../../core/copy/reasons.ts'
import { remoteProblems } from '../../../../core/copy/remote-problems.ts'
import type { Move } from '../../../../core/copy/scripts/move.ts'
import { cutFiles, receiveTree } from '../../../../core/copy/scripts/stage.ts'
import { hashTree, listTree } from '../../../../core/copy/scripts/tree.ts'
import { FargateLoginError } from '../../../../core/error.ts'
import type { CopyWork } from '../copy-work.ts'
import type { Departure } from '../upload.ts'
import { needPrograms } from './no-answer.ts'
import type { RemoteShell } from './remote-shell.ts'

/** Sends folders and many files as one tar archive. @returns what arrived */
export async function sendTree(
  departures: readonly Departure[],
  stage: string,
  work: CopyWork,
): Promise<readonly Move[]> {
  const { again, files, meter, problems, planned } = work
  const items = departures.map(({ path, entry }) => ({ path, name: entry }))
  meter.total = await files.measure(items)
  const cut = new Map<string, number | undefined>()
  const hashes = new Map<string, string>()
  const answer = await again(async (shell, attempt) => {
    const there =
      attempt > 0 || planned.resume ? await present(shell, { departures, stage }, planned.resume) : undefined
    const input = files.pack(items, {
      tell: problems.tell,
      onCut: (name, bytes) => cut.set(name, bytes),
      ...(there && { has: (name, { size, mtime }) => there.get(name) === `${size}/${mtime}` }),
      ...(planned.verify && { onHash: (name, hash) => void hashes.set(name, hash) }),
    })
    try {
      return await shell.run(receiveTree(stage), { input, meter })
    } catch (error) {
      if (error instanceof FargateLoginError) throw error
      return { status: 1, stderr: reasonOf(error) }
    }
  })
  needPrograms('tar', answer)
  const landed = (name: string) => pathOf(name, departures)
  const told = remoteProblems(answer.stderr, landed)
  for (const problem of told) problems.tell(problem)
  if (answer.status !== 0) {
    const reason = `Nothing was copied, because tar ended with status ${answer.status}`
    problems.tell({ path: planned.destination, reason })
    return []
  }
  if (cut.size > 0) await again((shell) => shell.ask(cutFiles(stage, cut)))
  if (planned.verify) await verify(hashes, stage, work, landed)
  return departures.map(({ entry, landing }) => ({ entry, to: landing }))
}

/** What is in the task already: name in the archive -> size and time. */
async function present(
  shell: RemoteShell,
  { departures, stage }: { readonly departures: readonly Departure[]; readonly stage: string },
  landed: boolean,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const add = async (folder: string, prefix: string) => {
    const { stdout } = await shell.ask(listTree({ folder, names: ['.'] }))
    for (const { name, size, mtime } of parseTree(stdout))
      if (size !== undefined) found.set(`${prefix}${name}`, `${size}/${mtime}`)
  }
  if (landed) {
    for (const { item, landing, entry } of departures)
      if (item.standing === 'folder') await add(landing, `${entry}/`)
  }
  await add(stage, '')
  return found
}

async function verify(
  sent: ReadonlyMap<string, string>,
  stage: string,
  { again, problems }: CopyWork,
  landed: (name: string) => string,
): Promise<void> {
  const { stdout } = await again((shell) =>
    shell.ask(hashTree({ folder: stage, names: ['.'], follow: false })),
  )
  const there = parseHashes(stdout)
  const differs = new Map<string, undefined>()
  for (const [name, hash] of sent) {
    if (there.get(name) === hash) continue
    const isThere = there.has(name)
    problems.tell({
      path: landed(name),
      reason: isThere ? DIFFERS : HASH_UNKNOWN,
    })
    if (isThere) differs.set(name, undefined)
  }
  if (differs.size > 0) await again((shell) => shell.ask(cutFiles(stage, differs)))
}

function pathOf(name: string, departures: readonly Departure[]): string {
  const [entry, ...rest] = name.replace(/^\.\//, '').split('/')
  const landing = departures.find((one) => one.entry === entry)?.landing
  return landing === undefined ? name : rest.reduce(join, landing)
}
