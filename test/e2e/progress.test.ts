import type { IPty } from '@lydell/node-pty'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mostCellsOf } from '../../cli/terminal/cells.ts'
import { cliOnTerminal, runCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { makeScreen } from '../helpers/screen.ts'

const WIDE = '日本語🚀のとても長い名前e\u0301のクラスタ-with-a-name-that-is-longer-than-any-terminal-of-today'
/** How many more frames to look at, before the resize and after it. */
const FRAMES = 4

interface Frames extends Disposable {
  next(): Promise<string>
}

/** What a program writes on its terminal, piece by piece. */
function framesOf(pty: IPty): Frames {
  const pieces: string[] = []
  let wake = () => {}
  const listener = pty.onData((bytes) => {
    pieces.push(bytes)
    wake()
  })
  return {
    async next() {
      while (pieces.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return pieces.shift() ?? ''
    },
    [Symbol.dispose]: () => listener.dispose(),
  }
}

function widthOf(frame: string): number {
  return mostCellsOf(frame.replace(/\x1b\[[\d;]*[A-Za-z]|\r/g, ''))
}

describe('progress on a real terminal', () => {
  it.each([
    [20, 80],
    [40, 20],
    [80, 40],
  ])('of %i columns, then %i, takes one row', async (before, after) => {
    await using ecs = await startEcs({
      faults: [{ operation: 'DescribeTaskDefinition', connection: 'hang' }],
    })
    await using terminal = cliOnTerminal(['plan', '--cluster', WIDE], ecs.variables, before)
    const screen = makeScreen(before)
    const counts: number[] = []
    const show = async (frame: string) => {
      await screen.feed(frame)
      counts.push(screen.rows().length)
    }
    using frames = framesOf(terminal.pty)
    for (let i = 0; i < FRAMES; i++) await show(await frames.next())
    if (after > before) screen.resize(after)
    terminal.pty.resize(after, 24)
    // The kernel knows the new width first: what is on its way to a terminal was still made for the old one.
    let frame: string
    do {
      frame = await frames.next()
      await show(frame)
    } while (widthOf(frame) >= after)
    screen.resize(after)
    for (let i = 0; i < FRAMES; i++) await show(await frames.next())
    expect([...new Set(counts)]).toEqual([1])
    expect(screen.rows()[0]).toMatch(/^\S Reading/)
    terminal.type('\x03')
    expect(await terminal.exited).toBe(130)
  })

  describe('of a session', () => {
    let ecs: TestEcs
    beforeAll(async () => {
      ecs = await startEcs()
    })
    afterAll(() => ecs[Symbol.asyncDispose]())

    it('is ASCII with LC_ALL=C', async () => {
      await using terminal = cliOnTerminal(['exec', '--', 'true'], { ...ecs.variables, LC_ALL: 'C' })
      expect(await terminal.exited).toBe(0)
      const shown = terminal.screen().replace(/\x1b\[[\d;]*[A-Za-z]/g, '')
      expect(shown).toMatch(/\r[|/\\-] Starting /)
      expect(shown).toMatch(/\r\* Connected as \S+ to .*\r\n/)
      expect(shown).toMatch(/^[\r\n -~]*$/)
    })

    it('moves no cursor with TERM=dumb', async () => {
      await using terminal = cliOnTerminal(['exec', '--', 'true'], { ...ecs.variables, TERM: 'dumb' })
      expect(await terminal.exited).toBe(0)
      expect(terminal.screen()).not.toMatch(/\x1b|\r(?!\n)/)
      expect(terminal.screen()).toMatch(/^fargate-login: \[[\d.]+ s\] Connected as /m)
    })

    it('leaves a last line without its end alone', async () => {
      await using terminal = cliOnTerminal(['exec', '--', 'printf', 'a'], ecs.variables)
      expect(await terminal.exited).toBe(0)
      const screen = makeScreen(100)
      await screen.feed(terminal.screen())
      expect(screen.rows().map((row) => row.trimEnd())).toEqual([
        expect.stringMatching(/^✓ Connected /),
        'a',
        expect.stringMatching(/^✓ Stopped /),
      ])
    })

    it('names the session, and what Fargate bills', async () => {
      await using terminal = cliOnTerminal(['exec', '--', 'true'], ecs.variables)
      const [, session] = await terminal.shows(
        /✓\S* Connected as .*, host key verified \(session (\w{12})\)\r\n/,
      )
      await terminal.shows(
        new RegExp(
          `✓\\S* Stopped session ${session} after [\\d.]+ s, about \\$[\\d.]+ \\(Fargate bills at least one minute\\)`,
        ),
      )
      expect(await terminal.exited).toBe(0)
      expect(terminal.screen()).not.toMatch(/[0-9a-f]{32}/)
    })
  })
})

describe('--local', () => {
  it('costs nothing', async () => {
    const { stderr, status } = await runCli(['exec', '--local', '-v', '--', 'true'])
    expect(status).toBe(0)
    expect(stderr).toMatch(/Stopped session \w{12} after [\d.]+ s\n/)
    expect(stderr).not.toContain('$')
    const { stdout } = await runCli(['plan', '--local'])
    expect(stdout).toMatch(/^Price +nothing/m)
  })
})

describe('without credentials', () => {
  const NONE = {
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  }

  it('a session may be tried with --local, on a line of its own', async () => {
    const { stderr } = await runCli(['exec', '--service', 'web', '--', 'true'], NONE)
    expect(stderr).toMatch(/\[credentials-missing\]\n(.*\n)* {2}fargate-login --local\n$/)
  })

  it.each([['list'], ['stop', '--mine']])('%s has nothing to try', async (...words) => {
    const { stderr } = await runCli(words, NONE)
    expect(stderr).toContain('[credentials-missing]')
    expect(stderr).not.toContain('--local')
  })
})
