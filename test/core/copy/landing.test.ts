import { expect, it } from 'vitest'
import { landings, nameOf, type Standing } from '../../../cli/core/copy/landing.ts'

it.each<[string, boolean, string, Standing, string]>([
  ['/a/file', false, 'dir', 'folder', 'dir/file'],
  ['/a/file', false, 'dir/', 'folder', 'dir/file'],
  ['/a/file', false, '/', 'folder', '/file'],
  ['/a/folder/', true, '.', 'folder', './folder'],
  ['/a/folder/.', true, 'dir', 'folder', 'dir'],
  ['.', true, 'dir', 'folder', 'dir'],
  ['/', true, 'dir', 'folder', 'dir'],
  ['/a/file', false, 'new', 'nothing', 'new'],
  ['/a/file', false, 'new/', 'nothing', 'there is no folder new/'],
  ['/a/folder', true, 'new/', 'nothing', 'new/'],
  ['/a/file', false, 'old', 'file', 'old'],
  ['/a/file', false, 'old/', 'file', 'the destination old/ is not a folder'],
  ['/a/folder', true, 'old', 'file', 'the destination old is not a folder'],
  ['/a/file', false, '/dev/null', 'other', '/dev/null'],
])('%s (folder: %s) to %s, which is %s: %s', (path, isFolder, to, standing, expected) => {
  const [landing] = landings([{ path, isFolder }], { path: to, standing })
  expect(Object.values(landing ?? {})).toEqual([expected])
})

it('refuses two sources of one name', () => {
  const sources = ['a/x', 'b/x', 'b/y'].map((path) => ({ path, isFolder: false }))
  expect(landings(sources, { path: 'dir', standing: 'folder' })).toEqual([
    { path: 'dir/x' },
    { problem: 'another source of this name already goes to dir/x' },
    { path: 'dir/y' },
  ])
})

it.each([
  ['a/b', 'b'],
  ['a/b//', 'b'],
  ['a/..', ''],
  ['~', ''],
  ['~/x', 'x'],
])('the name of %s is %j', (path, name) => expect(nameOf(path)).toBe(name))
