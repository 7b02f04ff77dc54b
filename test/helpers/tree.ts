import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A time in the past, in whole seconds. */
export const THEN = new Date('2020-02-03T04:05:06Z')

/** Files, folders, links and names of all kinds. */
export async function makeTree(root: string): Promise<void> {
  await mkdir(join(root, 'empty'), { recursive: true })
  await mkdir(join(root, 'inner', 'grüße and spaces'), { recursive: true })
  await mkdir(join(root, `${'long-'.repeat(25)}name`))
  const files: Readonly<Record<string, string>> = {
    plain: 'plain\n',
    none: '',
    '.hidden': 'hidden',
    '-dash': 'dash',
    'new\nline': 'line',
    "it's $HOME": 'quoted',
    'inner/grüße and spaces/日本': 'unicode',
    [`${'long-'.repeat(25)}name/${'file-'.repeat(25)}name`]: 'long',
    'inner/large': 'large'.repeat(200_000),
  }
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(root, name), content)
    await utimes(join(root, name), THEN, THEN)
  }
  await writeFile(join(root, 'run.sh'), '#!/bin/sh\n', { mode: 0o750 })
  await symlink('inner/large', join(root, 'link'))
  await symlink('../plain', join(root, 'inner', 'up'))
  await mkdir(join(root, 'closed'), { mode: 0o555 })
  for (const folder of ['inner/grüße and spaces', 'inner', 'empty', 'closed'])
    await utimes(join(root, folder), THEN, THEN)
}

/** What is in a folder: name -> type, mode, time in seconds, and content. */
export function readTree(root: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  const visit = (name: string) => {
    const path = join(root, name)
    const stats = lstatSync(path)
    const mode = (stats.mode & 0o7777).toString(8)
    if (stats.isSymbolicLink()) found[name] = `link to ${readlinkSync(path)}`
    else if (stats.isDirectory()) {
      found[name] = `folder ${mode}`
      for (const child of readdirSync(path)) visit(join(name, child))
    } else
      found[name] =
        `file ${mode} ${Math.floor(stats.mtimeMs / 1000)} ${readFileSync(path, 'utf8').slice(0, 40)}`
  }
  for (const child of readdirSync(root)) visit(child)
  return found
}
