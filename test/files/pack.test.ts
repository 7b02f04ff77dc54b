import { appendFileSync, truncateSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Problem } from '../../cli/core/copy/remote-problems.ts'
import { localFiles } from '../../cli/files/local-files.ts'
import { testFolder } from '../helpers/folder.ts'

const SIZE = 8 << 20

/** Packs a file of 8 MiB, and changes it once its first bytes are read. */
async function packChanging(change: (path: string) => void) {
  await using dir = await testFolder()
  writeFileSync(dir.file('file'), Buffer.alloc(SIZE, 'x'))
  const problems: Problem[] = []
  const cut: [string, number | undefined][] = []
  const tar = localFiles.pack([{ path: dir.file('file'), name: '0' }], {
    tell: (problem) => problems.push(problem),
    onCut: (name, bytes) => cut.push([name, bytes]),
  })
  let bytes = 0
  for await (const chunk of tar) {
    if (bytes === 0) change(dir.file('file'))
    bytes += chunk.length
  }
  return { bytes, cut, reasons: problems.map(({ reason }) => reason) }
}

const ARCHIVE = SIZE + 512 + 1024

it('keeps the announced size of a file that grows, and tells', async () => {
  const { bytes, cut, reasons } = await packChanging((path) => appendFileSync(path, 'more'))
  expect(bytes).toBe(ARCHIVE)
  expect(reasons).toEqual([`It grew while it was read: its first ${SIZE} bytes are copied`])
  expect(cut).toEqual([])
})

it('fills up a file that shrinks, tells, and says where it ends', async () => {
  const { bytes, cut, reasons } = await packChanging((path) => truncateSync(path, 5 << 20))
  expect(bytes).toBe(ARCHIVE)
  expect(reasons).toEqual([`It shrank while it was read, to ${5 << 20} bytes`])
  expect(cut).toEqual([['0', 5 << 20]])
})

it('tells what it cannot read, and goes on', async () => {
  await using dir = await testFolder()
  const problems: Problem[] = []
  const items = [
    { path: dir.file('gone'), name: '0' },
    { path: '/proc/self/mem', name: '1' },
  ]
  const tar = localFiles.pack(items, { tell: (problem) => problems.push(problem) })
  let bytes = 0
  for await (const chunk of tar) bytes += chunk.length
  expect(bytes).toBe(1024)
  expect(problems).toEqual([
    { path: dir.file('gone'), reason: 'No such file or directory' },
    { path: '/proc/self/mem', reason: expect.any(String) },
  ])
})
