import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { testFolder } from '../helpers/folder.ts'
import { readTree } from '../helpers/tree.ts'
import { archive, block, bytesOf, type Received, receive } from './helpers.ts'

const EVIL = 'evil'
const NEGATIVE = Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0x00])
const HUGE = Buffer.from([0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
const END = Buffer.alloc(1024)

/** The published holes of kubectl cp, node-tar and tar-fs. `outside` is a folder next to the destination. */
const HOLES: Readonly<Record<string, (outside: string) => Readable>> = {
  'CVE-2018-1002100 (kubectl cp): ../ in a name': () => archive({ name: '../outside/x', content: EVIL }),
  'CVE-2018-1002100 (kubectl cp): ../ in the middle': () =>
    archive({ name: 'a/../../outside/x', content: EVIL }),
  'CVE-2019-1002101 (kubectl cp): a link, then a file through it': (outside) =>
    archive({ name: 'l', type: 'symlink', linkname: outside }, { name: 'l/x', content: EVIL }),
  'CVE-2019-1002101 (kubectl cp): a link to ..': () =>
    archive({ name: 'l', type: 'symlink', linkname: '../outside' }, { name: 'l/x', content: EVIL }),
  'CVE-2019-11246 (kubectl cp): a link, then a file of its name': (outside) =>
    archive({ name: 'l', type: 'symlink', linkname: `${outside}/x` }, { name: 'l', content: EVIL }),
  'CVE-2019-11249 (kubectl cp): a chain of links': () =>
    archive(
      { name: 'd', type: 'directory' },
      { name: 'd/up', type: 'symlink', linkname: '..' },
      { name: 'd/out', type: 'symlink', linkname: 'up/../outside' },
      { name: 'd/out/x', content: EVIL },
    ),
  'CVE-2019-11251 (kubectl cp): a folder through a link': (outside) =>
    archive(
      { name: 'l', type: 'symlink', linkname: outside },
      { name: 'l/sub', type: 'directory' },
      { name: 'l/sub/x', content: EVIL },
    ),
  'CVE-2026-23745 (node-tar): a hard link to an absolute path': (outside) =>
    archive({ name: 'h', type: 'link', linkname: `${outside}/secret` }, { name: 'h', content: EVIL }),
  'CVE-2026-23745 (node-tar): a symbolic link to an absolute path': (outside) =>
    archive({ name: 's', type: 'symlink', linkname: `${outside}/secret` }),
  'CVE-2026-23950 (node-tar): names that some file systems take for one': (outside) =>
    archive(
      { name: 'ß', type: 'symlink', linkname: outside },
      { name: 'SS/x', content: EVIL },
      { name: 'ß/x', content: EVIL },
    ),
  'CVE-2026-24842 (node-tar): a hard link that is checked from another folder': () =>
    archive({ name: 'a/b/h', type: 'link', linkname: '../outside/secret' }),
  'CVE-2026-26960 (node-tar): a chain of links, then a hard link through it': () =>
    archive(
      { name: 'a/b', type: 'directory' },
      { name: 'a/b/l', type: 'symlink', linkname: '../..' },
      { name: 'a/b/m', type: 'symlink', linkname: 'l/..' },
      { name: 'h', type: 'link', linkname: 'a/b/m/outside/secret' },
    ),
  'CVE-2026-29786 (node-tar): a hard link relative to a drive': () =>
    archive({ name: 'h', type: 'link', linkname: 'c:../outside/secret' }),
  'GHSA-9ppj-qmqm-q256 (node-tar): a symbolic link relative to a drive': () =>
    archive({ name: 's', type: 'symlink', linkname: 'c:../outside' }, { name: 's/x', content: EVIL }),
  'CVE-2026-59873 to 59875 (node-tar): a zero byte in a pax path': () =>
    archive({ name: 'x', pax: { path: '../outside/x\0.txt' }, content: EVIL }),
  'CVE-2026-59873 to 59875 (node-tar): a negative size': () =>
    bytesOf(block({ name: 'x', size: NEGATIVE }), END),
  'CVE-2026-59873 to 59875 (node-tar): a name that never ends': () =>
    bytesOf(
      block({ name: 'x', type: 'L', size: HUGE }),
      ...Array.from({ length: 40 }, () => Buffer.alloc(1 << 20, 'a')),
    ),
  'CVE-2024-12905 (tar-fs): a link, then a hard link through it': (outside) =>
    archive(
      { name: 'l', type: 'symlink', linkname: outside },
      { name: 'h', type: 'link', linkname: 'l/secret' },
      { name: 'h', content: EVIL },
    ),
  'CVE-2025-48387 (tar-fs): a hard link with ..': () =>
    archive({ name: 'h', type: 'link', linkname: '../outside/secret' }),
  'CVE-2025-59343 (tar-fs): a link whose folder is replaced by a link': () =>
    archive(
      { name: 'd/e', type: 'directory' },
      { name: 'd/e/l', type: 'symlink', linkname: '../../../outside' },
      { name: 'd/e/l/x', content: EVIL },
    ),
  'an absolute name': (outside) => archive({ name: `${outside}/x`, content: EVIL }),
  'an empty name': () => bytesOf(block({ name: '', size: 4 }), Buffer.from(EVIL.padEnd(512, '\0')), END),
  'a name with empty parts': () => archive({ name: 'a//b', content: EVIL }),
  'a name that is not UTF-8': () => bytesOf(block({ name: 'a\xff' }), END),
  'a name of 5000 characters': () =>
    archive({ name: 'a/'.repeat(2500), pax: { path: 'a'.repeat(5000) }, content: EVIL }),
  'folders that are 300 deep': () => archive({ name: 'x', pax: { path: 'a/'.repeat(300) }, content: '' }),
  'a device': () => archive({ name: 'dev', type: 'block-device', devmajor: 8, devminor: 0 }),
  'a FIFO': () => archive({ name: 'fifo', type: 'fifo' }),
  'a type that nobody knows': () => bytesOf(block({ name: 'x', type: 'Z' }), END),
  'two files of one name': () => archive({ name: 'x', content: 'first' }, { name: 'x', content: EVIL }),
  'a file as a folder': () => archive({ name: 'x', content: 'first' }, { name: 'x/y', content: EVIL }),
  'a member that is cut off': () => bytesOf(block({ name: 'x', size: 5000 }), Buffer.from('half')),
  'something that is no archive': () => bytesOf(Buffer.alloc(2048, 'no archive')),
}

describe('a hostile archive writes nothing outside, and is told:', () => {
  it.each(Object.entries(HOLES))('%s', async (_, make) => {
    await using dir = await testFolder()
    mkdirSync(dir.file('outside'))
    writeFileSync(dir.file('outside', 'secret'), 'untouched')
    mkdirSync(dir.file('landing'))
    const { problems, error } = await receive(make(dir.file('outside')), dir.file('landing'))
    expect(problems.length > 0 || error !== undefined).toBe(true)
    expect(readdirSync(dir.path).sort()).toEqual(['landing', 'outside'])
    expect(readTree(dir.file('outside'))).toEqual({ secret: expect.stringMatching(/untouched$/) })
    const landed = Object.entries(readTree(dir.file('landing')))
    expect(
      landed.filter(
        ([, what]) => what.includes('untouched') || (what.includes(EVIL) && what.startsWith('link')),
      ),
    ).toEqual([])
    // Nothing in the destination leads out of it.
    for (const [name, what] of landed) {
      if (!what.startsWith('link to ')) continue
      const target = resolve(dir.file('landing', name, '..'), what.slice('link to '.length))
      expect(`${target}/`.startsWith(`${dir.file('landing')}/`)).toBe(true)
    }
    expect(landed.filter(([name]) => name.startsWith('.fargate-login'))).toEqual([])
  })
})

describe('a download', () => {
  const fine: Received = { problems: [], error: undefined }

  it('does not pass through a link of the destination, and replaces a link by a file', async () => {
    await using dir = await testFolder()
    mkdirSync(dir.file('outside'))
    mkdirSync(dir.file('landing'))
    writeFileSync(dir.file('outside', 'file'), 'untouched')
    symlinkSync('../outside', dir.file('landing', 'folder'))
    symlinkSync('../outside/file', dir.file('landing', 'file'))
    const tar = archive({ name: 'folder/x', content: EVIL }, { name: 'file', content: 'new' })
    const { problems } = await receive(tar, dir.file('landing'))
    expect(problems).toEqual([
      { path: dir.file('landing', 'folder'), reason: expect.stringMatching(/symbolic link here/) },
    ])
    expect(readTree(dir.file('outside'))).toEqual({ file: expect.stringMatching(/untouched$/) })
    expect(readFileSync(dir.file('landing', 'file'), 'utf8')).toBe('new')
  })

  it('has no setuid, setgid or sticky bit', async () => {
    await using dir = await testFolder()
    const tar = archive(
      { name: 'x', mode: 0o7755, content: '' },
      { name: 'd', type: 'directory', mode: 0o7755 },
    )
    expect(await receive(tar, dir.file('landing'))).toEqual(fine)
    const [folder, file] = [readTree(dir.file('landing')).d, readTree(dir.file('landing')).x]
    expect([folder, file]).toEqual(['folder 755', expect.stringMatching(/^file 755 /)])
  })

  it('has no member that nobody asked for', async () => {
    await using dir = await testFolder()
    const tar = archive({ name: './from/x', content: 'asked' }, { name: '.bashrc', content: EVIL })
    const { problems } = await receive(tar, dir.file('landing'), 'from')
    expect(problems).toEqual([{ path: '.bashrc', reason: 'Refused: nobody asked for it' }])
    expect(Object.keys(readTree(dir.file('landing')))).toEqual(['x'])
  })

  it('keeps links and hard links that stay inside', async () => {
    await using dir = await testFolder()
    const tar = archive(
      { name: 'a/file', content: 'content' },
      { name: 'b/hard', type: 'link', linkname: 'a/file' },
      { name: 'b/soft', type: 'symlink', linkname: '../a/file' },
    )
    expect(await receive(tar, dir.file('landing'))).toEqual(fine)
    expect(readFileSync(dir.file('landing', 'b', 'hard'), 'utf8')).toBe('content')
    expect(readFileSync(dir.file('landing', 'b', 'soft'), 'utf8')).toBe('content')
  })
})
