import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { type TestFolder, testFolder } from '../helpers/folder.ts'
import { makeTree, readTree } from '../helpers/tree.ts'

let ecs: TestEcs
let programs: TestFolder

beforeAll(async () => {
  ecs = await startEcs()
  programs = await testFolder()
  for (const name of readdirSync('/usr/bin'))
    if (name !== 'tar') symlinkSync(`/usr/bin/${name}`, programs.file(name))
})
afterAll(async () => {
  await programs[Symbol.asyncDispose]()
  await ecs[Symbol.asyncDispose]()
})

/** Copies with a task whose PATH has every program except for tar. */
function cp(...words: readonly string[]) {
  return runCli(['cp', '-e', `PATH=${programs.path}`, ...words], ecs.variables)
}

const FINE = { status: 0, stderr: '' }

describe('a task without tar', () => {
  it('gives and takes folders and several files', async () => {
    await using dir = await testFolder()
    await makeTree(dir.file('tree'))
    const tree = readTree(dir.file('tree'))
    expect(await cp('-q', dir.file('tree'), `:${dir.file('there')}`, '--verify')).toMatchObject(FINE)
    expect(await cp('-q', `:${dir.file('there')}`, dir.file('back'), '--verify')).toMatchObject(FINE)
    expect([readTree(dir.file('there')), readTree(dir.file('back'))]).toEqual([tree, tree])
  })

  it('gives what wildcards match', async () => {
    await using dir = await testFolder()
    for (const name of ['plain', 'other']) writeFileSync(dir.file(name), name)
    mkdirSync(dir.file('to'))
    expect(await cp('-q', ':/etc/hosts', `:${dir.file('*ain')}`, dir.file('to'))).toMatchObject(FINE)
    expect(readdirSync(dir.file('to'))).toEqual(['hosts', 'plain'])
  })

  it('says with -v that it uses SFTP', async () => {
    await using dir = await testFolder()
    mkdirSync(dir.file('from'))
    const { stderr } = await cp('-v', `:${dir.file('from')}`, dir.file('to'))
    expect(stderr).toMatch(/The container has no tar .*\. The copy goes on by SFTP/)
  })

  it.skipIf(process.getuid?.() !== 0)('whose disk is full leaves nothing behind', async () => {
    await using dir = await testFolder()
    mkdirSync(dir.file('from'))
    writeFileSync(dir.file('from', 'big'), Buffer.alloc(1_000_000, 'x'))
    mkdirSync(dir.file('disk'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', dir.file('disk')])
    try {
      const { status, stderr } = await cp('-q', dir.file('from'), `:${dir.file('disk')}`)
      expect(stderr).toMatch(/disk: Nothing was copied: No space left on device\n$/)
      expect([status, readdirSync(dir.file('disk'))]).toEqual([1, []])
    } finally {
      execFileSync('umount', ['-l', dir.file('disk')])
    }
  })

  it('and the user is told what its SFTP server refuses, and gets the rest', async () => {
    await using dir = await testFolder()
    mkdirSync(dir.file('from'))
    writeFileSync(dir.file('from', 'good'), 'good')
    execFileSync('mkfifo', [dir.file('from', 'fifo')])
    const { status, stderr } = await cp('-q', `:${dir.file('from')}`, dir.file('to'))
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `fargate-login: cp: ${dir.file('from/fifo')}: It is neither a file, a folder nor a link\n`,
    })
    expect(readFileSync(dir.file('to', 'good'), 'utf8')).toBe('good')
  })
})
