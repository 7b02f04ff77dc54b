import type { SourceGroup } from '../../../../core/copy/group-sources.ts'
import { parseHashes } from '../../../../core/copy/listed-tree.ts'
import { DIFFERS, HASH_UNKNOWN } from '../../../../core/copy/reasons.ts'
import { hashTree } from '../../../../core/copy/scripts/tree.ts'
import type { Stage } from '../../../ports/files.ts'
import type { CopyWork } from '../copy-work.ts'

/** Compares what arrived with the files in the task. What differs is reported, and the stage does not keep it. */
export async function verifyTree(
  group: SourceGroup,
  stage: Stage,
  { again, problems }: CopyWork,
): Promise<void> {
  const { stdout } = await again((shell) => shell.ask(hashTree(group)))
  const hashes = parseHashes(stdout)
  const seen = new Map([...hashes].map(([name, hash]) => [group.place(name.split('/'))?.join('/'), hash]))
  for (const entry of group.entries) {
    for (const { parts } of await stage.files(entry)) {
      const there = seen.get(parts.join('/'))
      const path = group.pathOf(group.nameOf(parts))
      if (there === (await stage.hash(parts))) continue
      problems.tell({
        path,
        reason: there === undefined ? HASH_UNKNOWN : DIFFERS,
      })
      if (there !== undefined) await stage.remove(parts)
    }
  }
}
