import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Finished, runCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { testFolder } from '../helpers/folder.ts'
import { makeTree, readTree, THEN } from '../helpers/tree.ts'

let ecs: TestEcs

beforeAll(async () => {
  ecs = await startEcs()
})
afterAll(() => ecs[Symbol.asyncDispose]())

/** With the quiet flag: all of stderr is about what could not be copied. */
function cp(words: readonly string[], input: string | Buffer = '', cwd?: string): Promise<Finished> {
  return runCli(['cp', '-q', ...words], ecs.variables, input, cwd)
}

const FINE = { status: 0, stderr: '' }

describe('a folder', () => {
  it('goes both ways with its names, modes, times, links and empty folders', async () => {
    await using dir = await testFolder()
    await makeTree(dir.file('tree'))
    const tree = readTree(dir.file('tree'))
    expect(await cp([dir.file('tree'), `:${dir.file('there')}`])).toMatchObject(FINE)
    expect(readTree(dir.file('there'))).toEqual(tree)
    expect(await cp([`:${dir.file('there')}`, dir.file('back'), '-r'])).toMatchObject(FINE)
    expect(readTree(dir.file('back'))).toEqual(tree)
    expect(readdirSync(dir.path).sort()).toEqual(['back', 'there', 'tree'])
  })

  it('is merged into a folder of its name, and files are replaced', async () => {
    await using dir = await testFolder()
    for (const side of ['here', 'there/to/here']) await mkdir(dir.file(side, 'sub'), { recursive: true })
    await writeFile(dir.file('here', 'sub', 'one'), 'new')
    await writeFile(dir.file('there/to/here', 'sub', 'one'), 'old, and longer')
    await writeFile(dir.file('there/to/here', 'sub', 'two'), 'stays')
    expect(await cp([dir.file('here'), `:${dir.file('there/to')}`])).toMatchObject(FINE)
    const merged = () =>
      ['one', 'two'].map((name) => readFileSync(dir.file('there/to/here/sub', name), 'utf8'))
    expect(merged()).toEqual(['new', 'stays'])
    await writeFile(dir.file('here', 'sub', 'one'), 'newer')
    expect(await cp([`:${dir.file('here')}`, dir.file('there/to/')])).toMatchObject(FINE)
    expect(merged()).toEqual(['newer', 'stays'])
    expect(readdirSync(dir.file('there/to'))).toEqual(['here'])
  })

  it('replaces a link to a folder, and writes nothing through it', async () => {
    await using dir = await testFolder()
    await mkdir(dir.file('tree', 'sub'), { recursive: true })
    await symlink('sub', dir.file('tree', 'link'))
    const tree = readTree(dir.file('tree'))
    for (const to of [`:${dir.file('there')}`, dir.file('back')]) {
      const from = to.startsWith(':') ? `${dir.file('tree')}/.` : `:${dir.file('tree')}/.`
      const folder = to.replace(/^:/, '')
      await mkdir(folder)
      for (let times = 0; times < 2; times++) expect(await cp([from, to])).toMatchObject(FINE)
      expect(readTree(folder)).toEqual(tree)
    }
  })

  it('gives its content alone if the path ends with /.', async () => {
    await using dir = await testFolder()
    await mkdir(dir.file('from', 'sub'), { recursive: true })
    await mkdir(dir.file('to'))
    await writeFile(dir.file('from', 'sub', 'file'), '')
    expect(await cp([`:${dir.file('from')}/.`, dir.file('to')])).toMatchObject(FINE)
    expect(readdirSync(dir.file('to'))).toEqual(['sub'])
    expect(await cp([`${dir.file('from')}/.`, `:${dir.file('to')}`])).toMatchObject(FINE)
    expect(readdirSync(dir.file('to'))).toEqual(['sub'])
  })

  it('has the files that it had, when one of them has no name for the other side', async () => {
    await using dir = await testFolder()
    await mkdir(dir.file('from'))
    await writeFile(dir.file('from', 'good'), '')
    await writeFile(Buffer.concat([Buffer.from(`${dir.file('from')}/`), Buffer.from([0xff])]), '')
    const down = await cp([`:${dir.file('from')}`, dir.file('down')])
    expect(down).toMatchObject({ status: 1, stderr: expect.stringMatching(/not UTF-8/) })
    const up = await cp([dir.file('from'), `:${dir.file('up')}`])
    expect(up).toMatchObject({ status: 1, stderr: expect.stringMatching(/not UTF-8/) })
    expect([readdirSync(dir.file('down')), readdirSync(dir.file('up'))]).toEqual([['good'], ['good']])
  })
})

describe('a file', () => {
  it('keeps its mode and time, both ways, and takes the name of the destination', async () => {
    await using dir = await testFolder()
    await makeTree(dir.file('tree'))
    chmodSync(dir.file('tree', 'plain'), 0o640)
    expect(await cp([dir.file('tree', 'plain'), `:${dir.file('a b')}`])).toMatchObject(FINE)
    expect(await cp([`:${dir.file('a b')}`, dir.file('back')])).toMatchObject(FINE)
    for (const name of ['a b', 'back']) {
      const { mode, mtime } = statSync(dir.file(name))
      expect({ mode: mode & 0o7777, mtime }).toEqual({ mode: 0o640, mtime: THEN })
      expect(readFileSync(dir.file(name), 'utf8')).toBe('plain\n')
    }
  })

  it('goes into a folder that exists, and through a link that the user named', async () => {
    await using dir = await testFolder()
    await mkdir(dir.file('folder'))
    await writeFile(dir.file('file'), 'content')
    await symlink('folder', dir.file('to-folder'))
    await symlink('file', dir.file('to-file'))
    expect(await cp([`:${dir.file('to-file')}`, dir.file('to-folder')])).toMatchObject(FINE)
    expect(readFileSync(dir.file('folder', 'to-file'), 'utf8')).toBe('content')
    expect(await cp([dir.file('to-file'), `:${dir.file('to-folder')}/up`])).toMatchObject(FINE)
    expect(readFileSync(dir.file('folder', 'up'), 'utf8')).toBe('content')
  })

  it('with no bytes arrives with no bytes', async () => {
    await using dir = await testFolder()
    await writeFile(dir.file('none'), '')
    await writeFile(dir.file('full'), 'to be replaced')
    expect(await cp([`:${dir.file('none')}`, dir.file('full')])).toMatchObject(FINE)
    expect(await cp([dir.file('none'), `:${dir.file('there')}`])).toMatchObject(FINE)
    expect([statSync(dir.file('full')).size, statSync(dir.file('there')).size]).toEqual([0, 0])
  })

  it('of /proc, which has no size, arrives whole', async () => {
    await using dir = await testFolder()
    expect(await cp([':/proc/meminfo', dir.file('one')])).toMatchObject(FINE)
    expect(await cp([':/proc/meminfo', ':/proc/cpuinfo', ':/etc/passwd', dir.path])).toMatchObject(FINE)
    expect(await cp(['/proc/meminfo', '/proc/cpuinfo', `:${dir.path}`])).toMatchObject(FINE)
    for (const name of ['one', 'meminfo'])
      expect(readFileSync(dir.file(name), 'utf8')).toMatch(/^MemTotal.*\n$/s)
    expect(readFileSync(dir.file('cpuinfo'), 'utf8')).toContain('processor')
    expect(readFileSync(dir.file('passwd'), 'utf8')).toBe(readFileSync('/etc/passwd', 'utf8'))
  })
})

describe('several sources', () => {
  it('come from wildcards, which the task expands', async () => {
    await using dir = await testFolder()
    await mkdir(dir.file('from'))
    await mkdir(dir.file('to'))
    for (const name of ['a 1.log', 'b*.log', 'c.txt']) await writeFile(dir.file('from', name), name)
    expect(await cp([`:${dir.file('from')}/*.log`, dir.file('to')])).toMatchObject(FINE)
    expect(readdirSync(dir.file('to')).sort()).toEqual(['a 1.log', 'b*.log'])
    expect(await cp([`:${dir.file('from')}/b\\*.log`, dir.file('only')])).toMatchObject(FINE)
    expect(readFileSync(dir.file('only'), 'utf8')).toBe('b*.log')
  })

  it('need a folder', async () => {
    await using dir = await testFolder()
    for (const name of ['a', 'b', 'c']) await writeFile(dir.file(name), name)
    const down = await cp([`:${dir.file('a')}`, `:${dir.file('b')}`, dir.file('c')])
    expect(down).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/not a folder, and there are several/),
    })
    const up = await cp([dir.file('a'), dir.file('b'), `:${dir.file('nope')}`])
    expect(up).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/not a folder, and there are several/),
    })
    expect(readdirSync(dir.path).sort()).toEqual(['a', 'b', 'c'])
    expect(readFileSync(dir.file('c'), 'utf8')).toBe('c')
  })
})

describe('-', () => {
  it('is stdout for one file, and stdin', async () => {
    await using dir = await testFolder()
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251))
    expect(await cp(['-', `:${dir.file('piped')}`, '--verify'], bytes)).toMatchObject(FINE)
    expect(statSync(dir.file('piped')).mode & 0o777).toBe(0o666 & ~process.umask())
    expect(readFileSync(dir.file('piped')).equals(bytes)).toBe(true)
    await writeFile(dir.file('text'), 'grüße\n')
    expect(await cp([`:${dir.file('text')}`, '-'])).toMatchObject({ ...FINE, stdout: 'grüße\n' })
  })

  it('takes no folder', async () => {
    const { status, stderr } = await cp([':/etc', '-'])
    expect(status).toBe(2)
    expect(stderr).toMatch(/stdout \(-\) takes one file/)
  })
})
