import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { userInfo } from 'node:os'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planRoute } from '../../../cli/core/copy/plan-copy.ts'
import { prepareSession } from '../../../cli/session/plan/prepare.ts'
import type { Connection } from '../../../cli/session/ports/ssh.ts'
import { runSession } from '../../../cli/session/run.ts'
import { makeSsh } from '../../../cli/ssh/ssh.ts'
import { fakePorts } from '../../helpers/fake-ports.ts'
import { fakeTerminal } from '../../helpers/fake-terminal.ts'
import { type TestFolder, testFolder } from '../../helpers/folder.ts'
import { connectTo, type Sshd, startSshd } from '../../helpers/sshd.ts'
import { makeTree, readTree, THEN } from '../../helpers/tree.ts'
import { CONFIG, TYPED } from '../../helpers/values.ts'

const NEVER = new AbortController().signal

let sshd: Sshd

beforeAll(async () => {
  const config = ['Subsystem sftp internal-sftp', 'ForceCommand internal-sftp']
  sshd = await startSshd(await makeSsh('ed25519').makeKeys(), config)
})
afterAll(() => sshd[Symbol.asyncDispose]())

interface CopyOptions {
  readonly verify?: boolean
  readonly resume?: boolean
  readonly input?: string | Readable
  /** Gets each connection. */
  readonly onConnect?: (connection: Connection, count: number) => void
}

/** Copies between this machine and a server that runs nothing but its SFTP server. */
async function cp(words: readonly string[], options: CopyOptions = {}, server = sshd) {
  const { verify = false, resume = false, input = '', onConnect } = options
  let count = 0
  const { ports, log } = fakePorts({
    connect: async () => {
      const connection = await connectTo(server)
      onConnect?.(connection, count++)
      return connection
    },
  })
  const copy = { ...planRoute(words, false), verify, resume }
  const preparation = {
    config: { ...CONFIG, reconnect: 5 },
    activity: { kind: 'copy', copy } as const,
    version: '0',
    localUser: 'me',
    typed: TYPED,
  }
  const terminal = fakeTerminal(input)
  const prepared = await prepareSession(preparation, ports, NEVER)
  const status = await runSession(prepared, terminal, ports, NEVER)
  const problems = log.filter((line) => line.startsWith('problem: '))
  return { status, problems, stdout: terminal.output() }
}

const FINE = { status: 0, problems: [] }

async function treeIn(dir: TestFolder) {
  await makeTree(dir.file('tree'))
  return readTree(dir.file('tree'))
}

describe('a folder, with a server that has no shell,', () => {
  it('goes both ways with its names, modes, times, links and empty folders', async () => {
    await using dir = await testFolder()
    const tree = await treeIn(dir)
    expect(await cp([dir.file('tree'), `:${dir.file('there')}`], { verify: true })).toMatchObject(FINE)
    expect(readTree(dir.file('there'))).toEqual(tree)
    expect(await cp([`:${dir.file('there')}`, dir.file('back')], { verify: true })).toMatchObject(FINE)
    expect(readTree(dir.file('back'))).toEqual(tree)
    for (const side of ['there', 'back']) expect(statSync(dir.file(side, 'inner')).mtime).toEqual(THEN)
    expect(readdirSync(dir.path).sort()).toEqual(['back', 'there', 'tree'])
  })

  it('is merged into a folder of its name, and files are replaced', async () => {
    await using dir = await testFolder()
    for (const side of ['here', 'there/here']) mkdirSync(dir.file(side, 'sub'), { recursive: true })
    writeFileSync(dir.file('here/sub/one'), 'new')
    writeFileSync(dir.file('there/here/sub/one'), 'old, and longer')
    writeFileSync(dir.file('there/here/sub/two'), 'stays')
    expect(await cp([dir.file('here'), `:${dir.file('there')}`])).toMatchObject(FINE)
    const merged = () => ['one', 'two'].map((name) => readFileSync(dir.file('there/here/sub', name), 'utf8'))
    expect(merged()).toEqual(['new', 'stays'])
    expect(readdirSync(dir.file('there'))).toEqual(['here'])
  })

  it('is not sent again with --resume, except for what has changed', async () => {
    await using dir = await testFolder()
    const tree = await treeIn(dir)
    expect(await cp([dir.file('tree'), `:${dir.file('there')}`])).toMatchObject(FINE)
    const inode = (name: string) => lstatSync(dir.file('there', name)).ino
    const before = inode('inner/large')
    writeFileSync(dir.file('there', 'plain'), 'other content')
    const up = await cp([`${dir.file('tree')}/.`, `:${dir.file('there')}`], { resume: true })
    expect(up).toMatchObject(FINE)
    expect([inode('inner/large'), readTree(dir.file('there'))]).toEqual([before, tree])
    const down = await cp([`:${dir.file('tree')}/.`, dir.file('there')], { resume: true })
    expect(down).toMatchObject(FINE)
    expect([inode('inner/large'), readTree(dir.file('there'))]).toEqual([before, tree])
  })

  it('is told path by path where a folder meets a file, and the rest is copied', async () => {
    await using dir = await testFolder()
    for (const folder of ['a/one', 'b/a/two']) mkdirSync(dir.file(folder), { recursive: true })
    for (const name of ['a/two', 'a/three', 'b/a/one']) writeFileSync(dir.file(name), name)
    const up = await cp([dir.file('a'), `:${dir.file('b')}`])
    expect(up.status).toBe(1)
    expect([...up.problems].sort()).toEqual([
      `problem: cp: ${dir.file('b/a/one')}: Not a directory`,
      `problem: cp: ${dir.file('b/a/two')}: Is a directory`,
    ])
    expect(readFileSync(dir.file('b/a/one'), 'utf8')).toBe('b/a/one')
    expect(readFileSync(dir.file('b/a/three'), 'utf8')).toBe('a/three')
    expect(readdirSync(dir.file('b'))).toEqual(['a'])
  })

  it('does not get links that lead out of it', async () => {
    await using dir = await testFolder()
    mkdirSync(dir.file('from'))
    symlinkSync('/etc/passwd', dir.file('from', 'out'))
    symlinkSync('file', dir.file('from', 'in'))
    writeFileSync(dir.file('from', 'file'), '')
    const { status, problems } = await cp([`:${dir.file('from')}`, dir.file('to')])
    expect({ status, problems }).toEqual({
      status: 1,
      problems: [
        `problem: cp: ${dir.file('from/out')}: Refused: it is a link to /etc/passwd, which is not part of the copy`,
      ],
    })
    expect(readdirSync(dir.file('to')).sort()).toEqual(['file', 'in'])
  })
})

describe('a file, with a server that has no shell,', () => {
  it('keeps its bytes, mode and time, both ways, whatever its size', async () => {
    await using dir = await testFolder()
    for (const size of [0, 1, 32_767, 32_768, 5_000_001]) {
      const bytes = randomBytes(size)
      writeFileSync(dir.file('from'), bytes)
      chmodSync(dir.file('from'), 0o640)
      utimesSync(dir.file('from'), THEN, THEN)
      expect(await cp([dir.file('from'), `:${dir.file('a b')}`])).toMatchObject(FINE)
      expect(await cp([`:${dir.file('a b')}`, dir.file('back')])).toMatchObject(FINE)
      for (const name of ['a b', 'back']) {
        expect(readFileSync(dir.file(name)).equals(bytes)).toBe(true)
        expect([statSync(dir.file(name)).mode & 0o777, statSync(dir.file(name)).mtime]).toEqual([0o640, THEN])
      }
    }
  })

  it('comes from stdin and goes to stdout', async () => {
    await using dir = await testFolder()
    const input = 'stdin '.repeat(50_000)
    expect(await cp(['-', `:${dir.file('there')}`], { input, verify: true })).toMatchObject(FINE)
    expect(await cp([`:${dir.file('there')}`, '-'])).toEqual({ ...FINE, stdout: input })
  })

  it('of /proc arrives whole', async () => {
    await using dir = await testFolder()
    expect(await cp([':/proc/cpuinfo', ':/proc/self/status', dir.path])).toMatchObject(FINE)
    expect(readFileSync(dir.file('cpuinfo'), 'utf8').match(/^processor/gm)).toEqual(
      readFileSync('/proc/cpuinfo', 'utf8').match(/^processor/gm),
    )
    expect(readFileSync(dir.file('status'), 'utf8')).toMatch(/^Name:\s*sshd.*ctxt_switches:\s*\d+\n$/s)
  })

  it('replaces the file that a link leads to', async () => {
    await using dir = await testFolder()
    writeFileSync(dir.file('real'), 'old')
    symlinkSync('real', dir.file('link'))
    writeFileSync(dir.file('new'), 'new')
    expect(await cp([dir.file('new'), `:${dir.file('link')}`])).toMatchObject(FINE)
    expect([readlinkSync(dir.file('link')), readFileSync(dir.file('real'), 'utf8')]).toEqual(['real', 'new'])
  })

  it('is found by wildcards, and by ~', async () => {
    await using dir = await testFolder()
    for (const folder of ['x1', 'x2', 'to']) mkdirSync(dir.file(folder))
    for (const name of ['x1/a.log', 'x2/b.log', 'x1/c.txt', 'x2/.log', 'x2/*.log'])
      writeFileSync(dir.file(name), '')
    expect(await cp([`:${dir.path}/x[12]/*.log`, dir.file('to')])).toMatchObject(FINE)
    expect(readdirSync(dir.file('to')).sort()).toEqual(['*.log', 'a.log', 'b.log'])
    expect(await cp([`:${dir.path}/x2/\\*.log`, dir.file('to', 'star')])).toMatchObject(FINE)
    const { status, problems } = await cp([`:~/nothing-of-this-name`, `:${dir.path}/*.nope`, dir.file('to')])
    expect({ status, problems }).toEqual({
      status: 1,
      problems: [
        `problem: cp: ${userInfo().homedir}/nothing-of-this-name: No such file or directory`,
        `problem: cp: ${dir.path}/*.nope: No such file or directory`,
      ],
    })
  })

  it('is told if it does not exist, is no file, or has no folder to go to', async () => {
    await using dir = await testFolder()
    writeFileSync(dir.file('a'), '')
    expect((await cp([':/nope', ':/dev/null', dir.path])).problems).toEqual([
      'problem: cp: /nope: No such file or directory',
      'problem: cp: /dev/null: It is neither a file nor a folder',
    ])
    expect(await cp([dir.file('a'), `:${dir.file('no', 'b')}`])).toMatchObject({
      status: 1,
      problems: [`problem: cp: ${dir.file('no/b')}: There is no such folder`],
    })
  })
})

describe('a server that has neither a shell nor SFTP', () => {
  it.each([
    [[':/etc/hosts', '/tmp'], /^The task did not list the files: status 0\.$/],
    [['/etc/hosts', ':/tmp'], /^The task did not say what the destination is: status 0\.$/],
  ])('is an error of its own: %j', async (words, message) => {
    await using bare = await startSshd(await makeSsh('ed25519').makeKeys(), ['ForceCommand true'])
    await expect(cp(words, {}, bare)).rejects.toMatchObject({
      code: 'session-refused',
      message: expect.stringMatching(message),
    })
  })
})

describe('a connection that breaks', () => {
  it.each(['up', 'down'])('is reopened, and the copy goes on: %s', async (direction) => {
    await using dir = await testFolder()
    const tree = await treeIn(dir)
    const remote = (path: string) => `:${path}`
    const words =
      direction === 'up'
        ? [dir.file('tree'), remote(dir.file('to'))]
        : [remote(dir.file('tree')), dir.file('to')]
    let connections = 0
    const outcome = await cp(words, {
      onConnect(connection, count) {
        connections++
        if (count === 0) breakAt(connection, direction === 'up' ? 'write' : 'read')
      },
    })
    expect(outcome).toMatchObject(FINE)
    expect(connections).toBe(2)
    expect(readTree(dir.file('to'))).toEqual(tree)
    expect(readdirSync(dir.path).sort()).toEqual(['to', 'tree'])
  })
})

/** Ends the connection when the large file is read or written. */
function breakAt(connection: Connection, call: 'read' | 'write'): void {
  const open = connection.openSftp.bind(connection)
  connection.openSftp = async (environment, signal) => {
    const sftp = await open(environment, signal)
    const own = sftp[call].bind(sftp) as (...args: readonly unknown[]) => unknown
    Object.defineProperty(sftp, call, {
      value: (path: string, ...rest: readonly unknown[]) => {
        if (/large$/.test(path)) void connection[Symbol.asyncDispose]()
        return own(path, ...rest)
      },
    })
    return sftp
  }
}
