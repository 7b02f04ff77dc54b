import { EventEmitter } from 'node:events'
import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import { mostCellsOf } from '../../cli/terminal/cells.ts'
import { glyphsFor } from '../../cli/terminal/glyphs.ts'
import { progressLine } from '../../cli/terminal/progress/progress-line.ts'
import { makeReporter } from '../../cli/terminal/reporter.ts'
import { makeScreen } from '../helpers/screen.ts'

const UTF8 = { LANG: 'C.UTF-8' }
const TEXTS = [
  'Waiting for sshd on 10.0.3.17:2222 (no answer yet: security group?)',
  'Starting 日本語のとても長い名前のタスク定義ファミリー:42 (PROVISIONING)',
  'Starting 🚀🚀🚀 👩‍👩‍👧 ❤️ 🇩🇪 with emoji of every kind, and a long end:42 (PROVISIONING)',
  `Starting ${'e\u0301'.repeat(60)}:42 (PROVISIONING)`,
  'Starting web:42',
]
const LIMIT = { seconds: 300, since: 0 }

/** A reporter on a terminal, and the screen that it draws on. */
function start(columns: number, environment: Readonly<Record<string, string>> = UTF8) {
  const screen = makeScreen(columns)
  let fed = Promise.resolve()
  let written = ''
  const stream = Object.assign(new EventEmitter(), {
    isTTY: true,
    columns,
    write(bytes: string) {
      written += bytes
      fed = screen.feed(bytes)
      return true
    },
  })
  const reporter = makeReporter({
    stream: stream as unknown as NodeJS.WriteStream,
    canMove: environment.TERM !== 'dumb',
    colours: picocolors.createColors(true),
    glyphs: glyphsFor(environment),
    verbosity: 'normal',
    now: () => 14_000,
  })
  const rows = async () => {
    await fed
    return screen.rows()
  }
  const resize = async (width: number) => {
    await fed
    screen.resize(width)
    stream.columns = width
    stream.emit('resize')
  }
  return { reporter, rows, resize, written: () => written, column: screen.column }
}

describe('progress on a terminal', () => {
  it.each([20, 40, 80])('of %i columns takes one row, whatever it says', async (columns) => {
    const { reporter, rows } = start(columns)
    for (const text of TEXTS) {
      reporter.step('connection', text, LIMIT)
      const shown = await rows()
      expect(shown, text).toHaveLength(1)
      expect(shown[0]).toMatch(/^\S \S.* {2}14 s/)
    }
    reporter[Symbol.dispose]()
    expect(await rows()).toEqual([])
  })

  it.each([
    [80, 20],
    [80, 40],
    [40, 20],
    [20, 80],
    [20, 3],
  ])('that changes from %i to %i columns meanwhile leaves nothing behind', async (before, after) => {
    for (const text of TEXTS) {
      const { reporter, rows, resize, column } = start(before)
      reporter.note('The row above stays.')
      const above = await rows()
      reporter.step('task', text)
      await rows()
      // Terminals that break the cursor's line anew keep the cursor with its character: the first one.
      expect(column()).toBe(0)
      await resize(after)
      const drawn = (await rows()).filter((row) => row.startsWith('⠋'))
      expect(drawn).toHaveLength(1)
      reporter[Symbol.dispose]()
      expect((await rows()).join('')).toBe(above.join(''))
    }
  })

  it('says the state and the limit in full where there is room', async () => {
    const { reporter, rows } = start(100)
    reporter.step('connection', TEXTS[0] ?? '', LIMIT)
    expect(await rows()).toEqual([`⠋ ${TEXTS[0]}  14 s of 300 s`])
    reporter.step('task', 'Starting web:42 (PROVISIONING)')
    expect(await rows()).toEqual(['⠋ Starting web:42 (PROVISIONING)  0 s'])
  })

  it('keeps what lasts, and puts commands on lines of their own', async () => {
    const { reporter, rows } = start(80)
    reporter.step('connection', 'Waiting')
    reporter.done('address', "The task's address is 10.0.3.17 (private)")
    reporter.step('connection', 'Waiting')
    reporter.done('connection', 'Connected as app to 10.0.3.17:2222, host key verified')
    reporter.step('session', 'Asking')
    reporter.warn('A session was left behind. Stop it with:', 'fargate-login stop qk3vw5t2ahdm')
    reporter.done('stop', 'Stopped session qk3vw5t2ahdm after 4 s')
    expect(await rows()).toEqual([
      '✓ Connected as app to 10.0.3.17:2222, host key verified',
      'fargate-login: warning: A session was left behind. Stop it with:',
      '  fargate-login stop qk3vw5t2ahdm',
      '✓ Stopped session qk3vw5t2ahdm after 4 s',
    ])
  })

  it.each([{ LC_ALL: 'C', LANG: 'de_DE.UTF-8' }, { LANG: 'de_DE.ISO-8859-1' }, { LC_CTYPE: 'POSIX' }, {}])(
    'is ASCII with %j',
    async (locale) => {
      const { reporter, written, rows } = start(40, locale)
      for (const text of TEXTS) reporter.step('task', text)
      reporter.step('connection', TEXTS[0] ?? '', LIMIT)
      expect(await rows()).toEqual(['| Waiting for sshd on...  14 s of 300 s'])
      reporter.done('stop', 'Stopped session qk3vw5t2ahdm…')
      expect(await rows()).toEqual(['* Stopped session qk3vw5t2ahdm...'])
      expect(written()).toMatch(/^[\0-\x7f]*$/)
    },
  )

  it.each([{ LC_ALL: 'de_DE.utf8' }, { LC_CTYPE: 'UTF-8', LANG: 'C' }])('is not with %j', async (locale) => {
    const { reporter, rows } = start(80, locale)
    reporter.step('task', 'Starting')
    expect(await rows()).toEqual(['⠋ Starting  0 s'])
  })

  it('is lines without control characters where TERM is dumb', async () => {
    const { reporter, written } = start(80, { ...UTF8, TERM: 'dumb' })
    reporter.step('task', 'Starting web:42 (PENDING)')
    reporter.done('stop', 'Stopped session qk3vw5t2ahdm')
    expect(written()).toBe(
      'fargate-login: [0.0 s] Starting web:42 (PENDING)\nfargate-login: [0.0 s] Stopped session qk3vw5t2ahdm\n',
    )
  })
})

describe('a progress line', () => {
  it('fits any width, and gives up the limit and then the time before its text', () => {
    const input = { text: TEXTS[0] ?? '', elapsedSeconds: 14, limitSeconds: 300, ellipsis: '…' }
    for (let cells = 0; cells < 100; cells++) {
      const { text, time } = progressLine(input, cells)
      const length = mostCellsOf(text) + (time === '' ? 0 : 2 + time.length)
      expect(length).toBeLessThanOrEqual(cells)
    }
    expect(progressLine(input, 30)).toEqual({ text: 'Waiting for s…', time: '14 s of 300 s' })
    expect(progressLine(input, 20)).toEqual({ text: 'Waiting for …', time: '14 s' })
    expect(progressLine(input, 10)).toEqual({ text: 'Waiting …', time: '' })
  })
})
