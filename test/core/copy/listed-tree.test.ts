import { expect, it } from 'vitest'
import { parseHashes, parseTree } from '../../../cli/core/copy/listed-tree.ts'

const A = 'a'.repeat(64)
const B = 'b'.repeat(64)

it('reads files, folders, and names with line breaks', () => {
  expect(parseTree('12/1580702706/./a b\n3/4/./new\nline\n-/-/.\n-/-/./sub\n')).toEqual([
    { name: 'a b', size: 12, mtime: 1580702706 },
    { name: 'new\nline', size: 3, mtime: 4 },
    { name: '.' },
    { name: 'sub' },
  ])
  expect(parseTree('')).toEqual([])
})

it('reads the hashes of GNU and of busybox', () => {
  const gnu = `${A}  ./plain\n\\${B}  ./new\\nline\\\\\n`
  const busybox = `${A}  ./plain\n${B}  ./new\nline\\\n`
  const expected = new Map([
    ['plain', A],
    ['new\nline\\', B],
  ])
  expect(parseHashes(gnu)).toEqual(expected)
  expect(parseHashes(busybox)).toEqual(expected)
})
