import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { appendFile, mkdir, utimes, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { type TestFolder, testFolder } from '../helpers/folder.ts'
import { makePrograms } from '../helpers/programs.ts'
import { readTree, THEN } from '../helpers/tree.ts'

let ecs: TestEcs

beforeAll(async () => {
  ecs = await startEcs()
})
afterAll(() => ecs[Symbol.asyncDispose]())

function cp(...words: readonly string[]) {
  return runCli(['cp', '-v', ...words], ecs.variables)
}

const MEGABYTES = randomBytes(3 << 20)

async function makeFiles(dir: TestFolder, name: string): Promise<void> {
  await mkdir(dir.file(name, 'sub'), { recursive: true })
  for (const file of ['1', '2', '3', 'sub/4', 'sub/5']) {
    await writeFile(dir.file(name, file), MEGABYTES.subarray(0, 600_000 + Number(file.at(-1))))
    await utimes(dir.file(name, file), THEN, THEN)
  }
  for (const folder of [`${name}/sub`, name]) await utimes(dir.file(folder), THEN, THEN)
}

describe('a connection that breaks', () => {
  it('during a file: it comes back, and the rest of the file is sent', async () => {
    await using dir = await testFolder()
    const cut = 'if once; then head -c 1000000; cut; fi; real "$@"'
    const { options, calls } = makePrograms(dir, { cat: cut, tail: 'real "$@"' })
    await writeFile(dir.file('from'), MEGABYTES)
    const { status, stderr } = await cp(`:${dir.file('from')}`, dir.file('to'), ...options)
    expect(stderr).toMatch(/connection to the task is lost/)
    expect(stderr).toMatch(/Reconnected after \d+ s; the copy continues/)
    expect(status).toBe(0)
    expect(readFileSync(dir.file('to')).equals(MEGABYTES)).toBe(true)
    const [from] = calls('tail').map((line) => Number(/\+(\d+)/.exec(line)?.[1]))
    expect(from).toBeGreaterThan(1)
    expect(readdirSync(dir.path).sort()).toEqual(['bin', 'from', 'to'])
  })

  it('during an upload: the rest of the file is sent', async () => {
    await using dir = await testFolder()
    const { options, calls } = makePrograms(dir, { cat: 'if once; then head -c 1000000; cut; fi; real "$@"' })
    await writeFile(dir.file('from'), MEGABYTES)
    const { status, stderr } = await cp(dir.file('from'), `:${dir.file('to')}`, ...options)
    expect(stderr).toMatch(/the copy continues/)
    expect(status).toBe(0)
    expect(readFileSync(dir.file('to')).equals(MEGABYTES)).toBe(true)
    expect(calls('cat').length).toBeGreaterThan(1)
    expect(readdirSync(dir.path).sort()).toEqual(['bin', 'from', 'to'])
  })

  it('during a folder: only what is missing is sent again, both ways', async () => {
    await using dir = await testFolder()
    const down = 'case "$*" in *-cf*) if once; then real "$@" | head -c 1500000; cut; fi ;; esac'
    const up =
      'case "$*" in *-xpof*) if mkdir "$0.up" 2>/dev/null; then head -c 1500000 | real "$@"; cut; fi ;; esac'
    const { options, calls } = makePrograms(dir, { tar: `${down}\n${up}\nreal "$@"` })
    await makeFiles(dir, 'from')
    const tree = readTree(dir.file('from'))
    const first = await cp(`:${dir.file('from')}`, dir.file('down'), ...options)
    expect(first.stderr).toMatch(/the copy continues/)
    expect(first.status).toBe(0)
    expect(readTree(dir.file('down'))).toEqual(tree)
    const [, second = ''] = calls('tar')
    expect(second).toContain('--no-recursion')
    expect(second.match(/\.\/\S*\d/g)?.length).toBeLessThan(5)
    expect((await cp(dir.file('from'), `:${dir.file('up')}`, ...options)).status).toBe(0)
    expect(readTree(dir.file('up'))).toEqual(tree)
    expect(readdirSync(dir.path).sort()).toEqual(['bin', 'down', 'from', 'up'])
  })

  it('for good: leaves a part that does not look whole, and --resume continues it', async () => {
    await using dir = await testFolder()
    const { options } = makePrograms(dir, {
      cat: 'if once; then head -c 1000000; cut; fi; real "$@"',
      tail: 'real "$@"',
    })
    await writeFile(dir.file('from'), MEGABYTES)
    const first = await cp(`:${dir.file('from')}`, dir.file('to'), '--reconnect', '0', ...options)
    expect(first.status).toBe(255)
    expect(first.stderr).toMatch(/What has arrived is in .*to\.fargate-login-part.*--resume/)
    expect(first.stderr).toContain('[connection-lost]')
    expect(readdirSync(dir.path).sort()).toEqual(['bin', 'from', 'to.fargate-login-part'])
    const part = statSync(dir.file('to.fargate-login-part')).size
    expect(part).toBeGreaterThan(0)
    const second = await cp(`:${dir.file('from')}`, dir.file('to'), '--resume', ...options)
    expect(second.status).toBe(0)
    expect(readFileSync(dir.file('to')).equals(MEGABYTES)).toBe(true)
    expect(readFileSync(dir.file('bin', 'tail.calls'), 'utf8')).toContain(`+${part + 1}`)
    expect(readdirSync(dir.path).sort()).toEqual(['bin', 'from', 'to'])
  })

  it('while stdin is sent: nothing is written, because stdin cannot be read twice', async () => {
    await using dir = await testFolder()
    const { options } = makePrograms(dir, { cat: 'if once; then head -c 100000; cut; fi; real "$@"' })
    const { status, stderr } = await runCli(
      ['cp', '-', `:${dir.file('to')}`, ...options],
      ecs.variables,
      MEGABYTES,
    )
    expect(stderr).toMatch(/stdin cannot be read a second time.*\[stream-failed\]/)
    expect(status).toBe(255)
    expect(readdirSync(dir.path)).toEqual(['bin'])
  })
})

describe('--resume', () => {
  it('starts again if the part is of another file', async () => {
    await using dir = await testFolder()
    await writeFile(dir.file('from'), MEGABYTES)
    await writeFile(dir.file('to.fargate-login-part'), 'something else')
    expect((await cp(`:${dir.file('from')}`, dir.file('to'), '--resume')).status).toBe(0)
    expect(readFileSync(dir.file('to')).equals(MEGABYTES)).toBe(true)
    expect(readdirSync(dir.path).sort()).toEqual(['from', 'to'])
  })

  it('sends only the files of a folder that differ in size or time, both ways', async () => {
    await using dir = await testFolder()
    const { options, calls } = makePrograms(dir, { tar: 'real "$@"' })
    await makeFiles(dir, 'a')
    expect((await cp(`:${dir.file('a')}/.`, dir.file('b'))).status).toBe(0)
    await appendFile(dir.file('a', '2'), 'more')
    expect((await cp(`:${dir.file('a')}/.`, dir.file('b'), '--resume', ...options)).status).toBe(0)
    expect(calls('tar')[0]).not.toMatch(/\.\/\S*[1345]( |$)/)
    expect(statSync(dir.file('b', '2')).size).toBe(statSync(dir.file('a', '2')).size)
    await appendFile(dir.file('a', '3'), 'more')
    const up = await cp(`${dir.file('a')}/.`, `:${dir.file('b')}`, '--resume', '-v')
    expect(up).toMatchObject({ status: 0 })
    expect(readTree(dir.file('b'))).toEqual(readTree(dir.file('a')))
  })
})
