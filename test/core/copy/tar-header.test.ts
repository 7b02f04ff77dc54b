import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { expect, it } from 'vitest'
import { padding, TAR_END, tarHeader } from '../../../cli/core/copy/tar-header.ts'
import { testFolder } from '../../helpers/folder.ts'

it('writes what tar reads: long names and targets, names beyond ASCII, modes and times', async () => {
  await using dir = await testFolder()
  const name = `${'ü'.repeat(60)}/${'long'.repeat(40)}`
  const target = `../${'t'.repeat(150)}`
  const facts = { mode: 0o640, mtime: 1_580_702_706 }
  const content = Buffer.from('content')
  const tar = Buffer.concat([
    tarHeader({ ...facts, name: 'ü'.repeat(60), type: 'folder', size: 0, mode: 0o755 }),
    tarHeader({ ...facts, name, type: 'file', size: content.length }),
    content,
    padding(content.length),
    tarHeader({ ...facts, name: 'link', type: 'link', size: 0, target }),
    TAR_END,
  ])
  execFileSync('tar', ['-xpf', '-'], { cwd: dir.path, input: tar })
  expect(readFileSync(dir.file(name), 'utf8')).toBe('content')
  expect(readlinkSync(dir.file('link'))).toBe(target)
  const { mode, mtimeMs } = lstatSync(dir.file(name))
  expect([mode & 0o7777, mtimeMs / 1000]).toEqual([facts.mode, facts.mtime])
})

it('writes sizes beyond 8 GiB', () => {
  const header = tarHeader({ name: 'big', type: 'file', size: 2 ** 40, mode: 0o644, mtime: 0 })
  expect(header.readUInt8(124)).toBe(0x80)
  expect(header.readBigUInt64BE(128)).toBe(2n ** 40n)
})
