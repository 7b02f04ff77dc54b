import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { truncate } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cliOnTerminal, runCli, startCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { testFolder } from '../helpers/folder.ts'
import { makePrograms } from '../helpers/programs.ts'

let ecs: TestEcs

beforeAll(async () => {
  ecs = await startEcs()
})
afterAll(() => ecs[Symbol.asyncDispose]())

function cp(...words: readonly string[]) {
  return runCli(['cp', '-q', ...words], ecs.variables)
}

/** A disk of 300 kB; `undefined` where this test may not mount one. */
function smallDisk(path: string): Disposable | undefined {
  mkdirSync(path)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', path], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  return { [Symbol.dispose]: () => void execFileSync('umount', ['-l', path]) }
}

describe('what cannot be copied is told path by path, and the rest is copied:', () => {
  it('what is not there, and what is no file', async () => {
    await using dir = await testFolder()
    for (const name of ['good', 'also']) writeFileSync(dir.file(name), name)
    mkdirSync(dir.file('down'))
    mkdirSync(dir.file('up'))
    const down = await cp(
      `:${dir.file('good')}`,
      ':/nope',
      ':/dev/null',
      `:${dir.file('also')}`,
      dir.file('down'),
    )
    expect(down.stderr.split('\n').slice(0, -1)).toEqual([
      expect.stringMatching(/^fargate-login: cp: \/nope: No such file/),
      'fargate-login: cp: /dev/null: It is neither a file nor a folder',
    ])
    const up = await cp(dir.file('good'), '/nope', '/dev/null', dir.file('also'), `:${dir.file('up')}`)
    expect(up.stderr).toMatch(
      /cp: \/nope: No such file or directory\n.*\/dev\/null: It is neither a file nor a folder\n$/,
    )
    expect([down.status, up.status]).toEqual([1, 1])
    for (const folder of ['down', 'up'])
      expect(readdirSync(dir.file(folder)).sort()).toEqual(['also', 'good'])
  })

  it('what is not there, and the one file that is there keeps its mode and time', async () => {
    await using dir = await testFolder()
    const then = new Date('2020-01-02T03:04:05Z')
    for (const name of ['down', 'up', 'twins']) mkdirSync(dir.file(name))
    writeFileSync(dir.file('good'), 'good', { mode: 0o640 })
    chmodSync(dir.file('good'), 0o640)
    utimesSync(dir.file('good'), then, then)
    const down = await cp(`:${dir.file('good')}`, ':/nope', dir.file('down'))
    const up = await cp(dir.file('good'), '/nope', `:${dir.file('up')}`)
    // The second one has no place any more.
    const twins = await cp(`:${dir.file('good')}`, `:${dir.file('down/good')}`, dir.file('twins'))
    for (const name of ['down', 'up', 'twins']) {
      const { mode, mtime } = statSync(dir.file(`${name}/good`))
      expect({ name, mode: mode & 0o7777, mtime }).toEqual({ name, mode: 0o640, mtime: then })
    }
    expect([down.status, up.status, twins.status]).toEqual([1, 1, 1])
  })

  it('a socket and a FIFO in a folder', async () => {
    await using dir = await testFolder()
    mkdirSync(dir.file('from'))
    writeFileSync(dir.file('from', 'good'), '')
    execFileSync('mkfifo', [dir.file('from', 'fifo')])
    const up = await cp(dir.file('from'), `:${dir.file('up')}`)
    const down = await cp(`:${dir.file('from')}`, dir.file('down'))
    expect(up.stderr).toMatch(/from\/fifo: It is neither a file, a folder nor a link/)
    expect(down.stderr).toMatch(/from\/fifo: Refused: it is a fifo/)
    expect([up.status, down.status]).toEqual([1, 1])
    for (const folder of ['down', 'up']) expect(readdirSync(dir.file(folder))).toEqual(['good'])
  })

  it('a file where a folder is, and a folder where a file is', async () => {
    await using dir = await testFolder()
    for (const side of ['a', 'b/a']) mkdirSync(dir.file(side), { recursive: true })
    mkdirSync(dir.file('a', 'one'))
    mkdirSync(dir.file('b', 'a', 'two'))
    writeFileSync(dir.file('a', 'two'), '')
    writeFileSync(dir.file('a', 'three'), '')
    writeFileSync(dir.file('b', 'a', 'one'), 'stays')
    for (const words of [
      [dir.file('a'), `:${dir.file('b')}`],
      [`:${dir.file('a')}`, dir.file('b')],
    ]) {
      const { status, stderr } = await cp(...words)
      expect(status).toBe(1)
      expect(stderr).toMatch(/a\/one: /)
      expect(stderr).toMatch(/a\/two: /)
      expect(readdirSync(dir.file('b', 'a')).sort()).toEqual(['one', 'three', 'two'])
      expect(readFileSync(dir.file('b', 'a', 'one'), 'utf8')).toBe('stays')
    }
  })

  it('what goes to a folder that is not there', async () => {
    await using dir = await testFolder()
    writeFileSync(dir.file('a'), '')
    const up = await cp(dir.file('a'), `:${dir.file('no', 'b')}`)
    expect(up).toMatchObject({ status: 1, stderr: expect.stringMatching(/no\/b: There is no such folder/) })
    const down = await cp(`:${dir.file('a')}`, dir.file('no', 'b'))
    expect(down).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/no\/b: No such file or directory/),
    })
  })

  it.skipIf(process.getuid?.() !== 0)('what is too large for the disk, on both sides', async () => {
    await using dir = await testFolder()
    mkdirSync(dir.file('from'))
    writeFileSync(dir.file('from', 'big'), Buffer.alloc(1_000_000, 'x'))
    using disk = smallDisk(dir.file('disk'))
    if (!disk) return
    for (const source of ['from', 'from/big']) {
      for (const words of [
        [`:${dir.file(source)}`, dir.file('disk')],
        [dir.file(source), `:${dir.file('disk')}`],
      ]) {
        const { status, stderr } = await cp(...words)
        expect(stderr).toMatch(/No space left on device/i)
        expect(status).toBe(1)
        expect(readdirSync(dir.file('disk'))).toEqual([])
      }
    }
    const stdin = await runCli(
      ['cp', '-q', '-', `:${dir.file('disk', 'x')}`],
      ecs.variables,
      Buffer.alloc(1_000_000),
    )
    expect(stdin).toMatchObject({ status: 1, stderr: expect.stringMatching(/No space left on device/i) })
    expect(readdirSync(dir.file('disk'))).toEqual([])
  })

  it('a file that shrinks while it is read', async () => {
    await using dir = await testFolder()
    writeFileSync(dir.file('from'), 'x'.repeat(1000))
    const { options } = makePrograms(dir, {
      cat: `[ -z "$SSH_CONNECTION" ] || truncate -s 10 '${dir.file('from')}'; real "$@"`,
    })
    const { status, stderr } = await cp(`:${dir.file('from')}`, dir.file('to'), ...options)
    expect(stderr).toMatch(/from: It shrank while it was read, to 10 bytes/)
    expect(status).toBe(1)
  })
})

it('a file that grows faster than it is read has its size of the beginning', async () => {
  await using dir = await testFolder()
  writeFileSync(dir.file('from'), 'x'.repeat(1000))
  const { options } = makePrograms(dir, { cat: 'real "$@"; [ -z "$SSH_CONNECTION" ] || exec yes' })
  expect(await cp(`:${dir.file('from')}`, dir.file('to'), ...options)).toMatchObject({
    status: 0,
    stderr: '',
  })
  expect(readFileSync(dir.file('to'), 'utf8')).toBe('x'.repeat(1000))
})

describe('--verify', () => {
  it('compares both sides, and tells what differs', async () => {
    await using dir = await testFolder()
    mkdirSync(dir.file('from'))
    for (const name of ['one', 'two\nlines']) writeFileSync(dir.file('from', name), name)
    for (const [way, words] of [
      ['down', [`:${dir.file('from')}`, dir.file('down')]],
      ['up', [dir.file('from'), `:${dir.file('up')}`]],
      ['one', [`:${dir.file('from', 'one')}`, dir.file('one')]],
      ['two', [dir.file('from', 'one'), `:${dir.file('two')}`]],
    ] as const) {
      expect([way, await cp('--verify', ...words)]).toMatchObject([way, { status: 0, stderr: '' }])
    }
    const liar = makePrograms(dir, {
      sha256sum: 'real "$@" | sed "s/^\\\\(..*\\\\)[0-9a-f]\\\\{8\\\\} /\\\\100000000 /"',
    })
    for (const [way, words] of [
      ['x', [`:${dir.file('from')}`, dir.file('x')]],
      ['y', [dir.file('from'), `:${dir.file('y')}`]],
      ['z', [`:${dir.file('from', 'one')}`, dir.file('z')]],
    ] as const) {
      const { status, stderr } = await cp('--verify', ...words, ...liar.options)
      expect([way, stderr]).toEqual([way, expect.stringMatching(/The copy differs \(SHA-256\)/)])
      expect(status).toBe(1)
    }
    expect(readdirSync(dir.path).filter((name) => name === 'z')).toEqual([])
  })
})

describe('Ctrl-C', () => {
  /** Presses Ctrl-C when something arrives in the folder. */
  async function interruptOnChange({ child, finished }: ReturnType<typeof startCli>, folder: string) {
    const watcher = watch(folder)
    await once(watcher, 'change')
    watcher.close()
    child.kill('SIGINT')
    return await finished
  }

  it('leaves nothing of a download', async () => {
    await using dir = await testFolder()
    await using other = await testFolder()
    writeFileSync(other.file('big'), '')
    await truncate(other.file('big'), 100e9)
    const started = startCli(['cp', '-q', `:${other.file('big')}`, dir.file('to')], ecs.variables)
    expect((await interruptOnChange(started, dir.path)).status).toBe(130)
    expect(readdirSync(dir.path)).toEqual([])
  })

  it('leaves nothing of an upload', async () => {
    await using dir = await testFolder()
    const started = startCli(['cp', '-q', '-', `:${dir.file('to')}`], ecs.variables)
    started.child.stdin.write('the beginning')
    expect((await interruptOnChange(started, dir.path)).status).toBe(130)
    expect(readdirSync(dir.path)).toEqual([])
  })
})

describe('what is shown', () => {
  it('is one line with bytes and rate on a terminal, and no escape of a file name', async () => {
    await using dir = await testFolder()
    writeFileSync(dir.file('big'), '')
    await truncate(dir.file('big'), 400e6)
    await using terminal = cliOnTerminal(
      ['cp', `:${dir.file('big')}`, ':/no\x1b[31m', dir.path],
      ecs.variables,
    )
    await terminal.shows(/cp: \/no\\x1b\[31m: No such file/)
    expect(await terminal.exited).toBe(1)
    await using alone = cliOnTerminal(['cp', `:${dir.file('big')}`, dir.file('copy')], ecs.variables)
    await alone.shows(/Copying: [\d.]+ MB of 400\.0 MB, [\d.]+ [kMG]?B\/s, [\d.]+ s left/)
    expect(await alone.exited).toBe(0)
  })

  it('is the copy, in a dry run', async () => {
    const { stdout, status } = await runCli(['cp', ':a b', '.', '--verify', '--dry-run'], ecs.variables)
    expect(stdout).toMatch(/^Copies +'a b' to \., from the task, compared by SHA-256$/m)
    expect(status).toBe(0)
    const json = await runCli(['cp', 'x', ':', '--dry-run', '--json'], ecs.variables)
    expect(JSON.parse(json.stdout).activity).toEqual({
      kind: 'copy',
      copy: { direction: 'upload', sources: ['x'], destination: '.', verify: false, resume: false },
    })
  })
})
