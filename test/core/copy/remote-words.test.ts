import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { remotePath, remotePattern } from '../../../cli/core/copy/scripts/remote-words.ts'
import { testFolder } from '../../helpers/folder.ts'

const ODD = [
  "it's",
  'a b',
  '$HOME',
  '`id`',
  '"',
  'new\nline',
  '!x',
  '~x',
  '#x',
  'a;b',
  '{a,b}',
  '-n',
  '\\',
  '%s',
  '=x',
]

/** What sh makes of a word. */
function words(word: string, cwd: string): readonly string[] {
  const output = execFileSync('sh', ['-c', `printf '%s\\0' ${word}`], {
    cwd,
    env: { HOME: '/home/me' },
    encoding: 'utf8',
  })
  return output.split('\0').slice(0, -1)
}

it.each(ODD)('%j is itself for the shell', (name) => {
  const expected = name.startsWith('-') ? `./${name}` : name
  expect(words(remotePath(name), '/')).toEqual([expected])
  expect(words(remotePattern(`x${name}`), '/')).toEqual([`x${name}`])
})

it('expands wildcards and the home, and nothing else', async () => {
  await using dir = await testFolder()
  mkdirSync(dir.file('a b'))
  for (const name of ['a b/1.log', 'a b/2.log', 'a b/*.txt', 'a b/x.txt']) writeFileSync(dir.file(name), '')
  expect(words(remotePattern('a b/*.log'), dir.path)).toEqual(['a b/1.log', 'a b/2.log'])
  expect(words(remotePattern('a b/[12].l?g'), dir.path)).toEqual(['a b/1.log', 'a b/2.log'])
  expect(words(remotePattern('a b/\\*.txt'), dir.path)).toEqual(['a b/*.txt'])
  expect(words(remotePattern('~/a b'), dir.path)).toEqual(['/home/me/a b'])
  expect(words(remotePattern('~'), dir.path)).toEqual(['/home/me'])
})
