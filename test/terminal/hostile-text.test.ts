import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import { differencesText } from '../../cli/core/differences/text.ts'
import { FargateLoginError } from '../../cli/core/error.ts'
import { makePlan, type Plan } from '../../cli/core/plan/plan.ts'
import { taskStopped } from '../../cli/core/task/stop-reason.ts'
import { foreignWords } from '../../cli/core/text/foreign-words.ts'
import { printableJson } from '../../cli/core/text/printable-json.ts'
import { runCommandLine } from '../../cli/program.ts'
import { errorText } from '../../cli/terminal/error-text.ts'
import { glyphsFor } from '../../cli/terminal/glyphs.ts'
import { planText } from '../../cli/terminal/plan-text.ts'
import { printable, printableBlock, printableLine } from '../../cli/terminal/printable.ts'
import { makeReporter } from '../../cli/terminal/reporter.ts'
import type { StandardStreams } from '../../cli/terminal/terminal.ts'
import { expectHarmless, foreign } from '../helpers/foreign.ts'
import { PLAN_INPUT, TASK } from '../helpers/values.ts'

const plain = picocolors.createColors(false)

/** Every line but the first is indented, so none can be taken for a line of ours. */
function expectOneBlock(output: string): void {
  expectHarmless(output)
  expect(output.endsWith('\n')).toBe(true)
  for (const line of output.slice(0, -1).split('\n').slice(1)) expect(line).toMatch(/^ /)
}

describe('text of a peer', () => {
  it('is harmless in each of its forms', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        for (const form of [printable, printableLine, printableBlock]) expectHarmless(form(text))
        expect(printableLine(text)).not.toContain('\n')
        expect(foreignWords(text)).not.toMatch(/[\r\n]/)
      }),
    )
  })

  it('floods no screen', () => {
    const flood = 'x'.repeat(1_000_000)
    expect(printableLine(flood).length).toBeLessThan(5000)
    expect(foreignWords(flood).length).toBeLessThan(5000)
    const error = new FargateLoginError('task-stopped', flood)
    expect(errorText(error, { colours: plain, verbose: false }).length).toBeLessThan(25_000)
  })

  it('stays as it is where it is harmless', () => {
    const text = 'Größe: 7 µs — 日本語 🚀 (exit code 1)'
    expect(printableLine(text)).toBe(text)
    expect(foreignWords(text)).toBe(text)
  })

  it.each([false, true])('is one block of an error, verbose or not, with colours: %j', (coloured) => {
    const colours = picocolors.createColors(coloured)
    const ours = /\x1b\[(?:31|39|2|22)m/g
    fc.assert(
      fc.property(foreign, foreign, fc.boolean(), (text, other, verbose) => {
        const task = { ...TASK, stoppedReason: text, containers: [{ name: other, reason: text, ports: [] }] }
        for (const error of [
          new FargateLoginError('aws-refused', text, { hint: other, cause: new Error(other) }),
          new FargateLoginError('aws-refused', text, { hint: other, cause: text }),
          taskStopped(task, {}),
          new Error(text),
          text,
        ]) {
          const output = errorText(error, { colours, verbose })
          // The colours are ours, and as many as without the text.
          expect(output.match(ours)?.length ?? 0).toBe(coloured ? 4 : 0)
          expectOneBlock(output.replace(ours, ''))
        }
      }),
    )
  })

  it('cannot add a container to those that a stopped task had', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        const task = {
          ...TASK,
          stoppedReason: text,
          containers: [{ name: text, exitCode: 1, reason: text, ports: [] }],
        }
        expect(taskStopped(task, {}).message.split('\n')).toHaveLength(2)
      }),
    )
  })

  it.each([
    ['a pipe', 'normal'],
    ['a pipe', 'verbose'],
    ['a terminal', 'quiet'],
    ['a terminal', 'normal'],
    ['a dumb terminal', 'normal'],
  ] as const)('is one line of progress on %s, %s', (screen, verbosity) => {
    fc.assert(
      fc.property(foreign, (text) => {
        const stream = Object.assign(new PassThrough(), { isTTY: screen !== 'a pipe' })
        const canMove = screen !== 'a dumb terminal'
        const glyphs = glyphsFor({ LANG: 'C.UTF-8' })
        const reporter = makeReporter({ stream, canMove, glyphs, colours: plain, verbosity, now: () => 0 })
        const told = (tell: () => void) => {
          tell()
          return String(stream.read() ?? '').replace(/\r|\x1b\[J/g, '')
        }
        for (const output of [
          told(() => reporter.step('task', text)),
          told(() => reporter.done('connection', text)),
          told(() => reporter.warn(text)),
          told(() => reporter.note(text)),
        ]) {
          expectHarmless(output)
          expect(output.replace(/\n$/, '')).not.toContain('\n')
        }
        const debug = told(() => reporter.debug(text))
        if (debug !== '') expectOneBlock(debug)
        reporter[Symbol.dispose]()
      }),
    )
  })
})

/** The same value with each text replaced. */
function withTexts(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => withTexts(item, text))
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTexts(member, text)]))
}

describe('a plan full of text of a peer', () => {
  const derivation = {
    source: 's',
    family: 'f',
    registered: 'r',
    container: 'app',
    registration: { family: 'f', containerDefinitions: [] },
    dropped: ['d'],
    unread: ['u'],
    differences: [
      { sign: '~', path: 'family', what: 'family', before: 'a', after: 'b' },
      { sign: '+', path: 'x', what: 'x', within: 'container app', after: ['a'] },
    ],
    notes: ['note'],
  } as const

  it('is harmless, and adds no row to its table', () => {
    const plan = { ...makePlan(PLAN_INPUT), derivation }
    const rows = (output: string) =>
      output
        .split('\n\n')[0]
        ?.split('\n')
        .filter((line) => /^\S/.test(line))
    const expected = rows(planText(plan))?.length
    fc.assert(
      fc.property(foreign, (text) => {
        const { reach, ...rest } = plan
        const hostile = { ...(withTexts(rest, text) as Plan), reach }
        const output = planText(hostile)
        expectHarmless(output)
        expect(rows(output)).toHaveLength(expected ?? 0)
        expect(differencesText(hostile.derivation?.differences ?? []).split('\n')).toHaveLength(3)
      }),
    )
  })

  it('is harmless as JSON, and still the same value', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        const value = { [text]: [text] }
        const json = printableJson(value)
        expectHarmless(json)
        expect(JSON.parse(json)).toEqual(value)
        expect(json.split('\n')).toHaveLength(5)
      }),
    )
  })
})

/** Runs a command line that is refused before AWS comes in. */
async function refused(...argv: readonly string[]): Promise<string> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const streams = { stdin, stdout, stderr } as unknown as StandardStreams
  const cancel = new AbortController().signal
  const divertSignals = () => ({ [Symbol.dispose]: () => {} })
  const context = { environment: {}, directory: '/', streams, cancel, divertSignals }
  const outcome = await runCommandLine(argv, context)
  if ('error' in outcome) {
    const { error, verbose } = outcome
    if (!(error instanceof FargateLoginError)) throw error
    expect(error.exitCode).toBe(2)
    stderr.write(errorText(error, { colours: plain, verbose }))
  } else expect(outcome.status).toBe(2)
  expect(stdout.read()).toBeNull()
  return String(stderr.read())
}

describe('a command line full of odd text', () => {
  it.each([
    ['an option', (text: string) => [`--${text}`]],
    ['a target', (text: string) => ['login', '--', text]],
    ['sessions to stop', (text: string) => ['stop', `x${text}`, '--all']],
    ['a target of list', (text: string) => ['list', `x${text}`]],
    ['a shortcut', (text: string) => ['run', `x${text}`]],
    ['a target that is not there', (text: string) => ['plan', `x${text}`]],
    ['a port', (text: string) => ['--port', `x${text}`]],
    ['a choice', (text: string) => ['--address', `x${text}`]],
    ['a variable', (text: string) => ['-e', `=${text}`]],
    ['a config file', (text: string) => ['--config', `/x${text}`]],
    ['a URL', (text: string) => ['--endpoint-url', `ftp${text}`]],
    ['a runner', (text: string) => ['local', '--runner', `x${text}`]],
    ['the port of the local ECS', (text: string) => ['local', '--port', `x${text}`]],
    ['too many words', (text: string) => ['plan', 'a', `x${text}`]],
  ])('is refused without harm: %s', async (_, words) => {
    await fc.assert(
      fc.asyncProperty(foreign, async (text) => {
        // An option that is one, or a help, is not what this is about.
        fc.pre(!/^(h|help|V|version|)$/.test(text))
        expectHarmless(await refused(...words(text)))
      }),
      { numRuns: 25 },
    )
  })
})
