import { expect, it } from 'vitest'
import { remoteProblems } from '../../../cli/core/copy/remote-problems.ts'

const LINES: Readonly<Record<string, readonly [string, string]>> = {
  'tar: ./shadow: Cannot open: Permission denied': ['./shadow', 'Permission denied'],
  "tar: can't open './shadow': Permission denied": ['./shadow', 'Permission denied'],
  'tar: ./log: file changed as we read it': ['./log', 'file changed as we read it'],
  'tar: 0/big: Cannot write: No space left on device': ['0/big', 'No space left on device'],
  'tar: ./gr\\303\\274n: Cannot open: Permission denied': ['./grün', 'Permission denied'],
  'sh: 2: cannot open /etc/x: Permission denied': ['/etc/x', 'Permission denied'],
  'sh: line 1: /etc/x: Permission denied': ['/etc/x', 'Permission denied'],
  "mv: cannot move 's/0' to '/etc/x': Permission denied": ['/etc/x', 'Permission denied'],
  "mv: can't rename 's/0': Permission denied": ['s/0', 'Permission denied'],
  'cat: write error: No space left on device': ['write error', 'No space left on device'],
  'tar: 0/big: Wrote only 1024 of 10240 bytes': ['0/big', 'No space left on device'],
  'something else': ['', 'something else'],
}

it.each(Object.entries(LINES))('%s', (line, [path, reason]) => {
  expect(remoteProblems(`${line}\n`, (name) => name)).toEqual([{ path, reason }])
})

it('leaves out what is not about a file', () => {
  expect(remoteProblems('tar: Exiting with failure status due to previous errors\n\n', String)).toEqual([])
})
