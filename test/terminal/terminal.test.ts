import { PassThrough } from 'node:stream'
import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import { FargateLoginError } from '../../cli/core/error.ts'
import { makePlan } from '../../cli/core/plan/plan.ts'
import { coloursFor } from '../../cli/terminal/colour.ts'
import { errorStatus, errorText } from '../../cli/terminal/error-text.ts'
import { planText } from '../../cli/terminal/plan-text.ts'
import { printable } from '../../cli/terminal/printable.ts'
import { makeReporter } from '../../cli/terminal/reporter.ts'
import { PLAN_INPUT } from '../helpers/values.ts'

const plain = picocolors.createColors(false)

describe('errors', () => {
  it('are a fact, a code and the next action', () => {
    const error = new FargateLoginError('connection-refused', '10.0.0.7:2222 refuses the connection.', {
      hint: 'Look at its log.\nAnd at --port.',
    })
    expect(errorText(error, { colours: plain, verbose: false })).toMatchInlineSnapshot(`
      "fargate-login: 10.0.0.7:2222 refuses the connection. [connection-refused]
        Look at its log.
        And at --port.
      "
    `)
  })

  it('of the session and of the stop are both told, and the first one gives the status', () => {
    const folded = Object.assign(new Error('folded'), {
      name: 'SuppressedError',
      suppressed: new FargateLoginError('cancelled', 'Ended by SIGINT.', { exitCode: 130 }),
      error: new FargateLoginError('stop-unconfirmed', 'The stop could not be confirmed.'),
    })
    expect(errorText(folded, { colours: plain, verbose: false })).toMatch(/SIGINT.*\n.*stop-unconfirmed/)
    expect(errorStatus(folded)).toBe(130)
  })

  it('show the cause only when verbose, and no stack', () => {
    const error = new FargateLoginError('aws-refused', 'no', { cause: new Error('AccessDenied deep inside') })
    expect(errorText(error, { colours: plain, verbose: false })).not.toContain('deep inside')
    expect(errorText(error, { colours: plain, verbose: true })).toContain(
      'caused by Error: AccessDenied deep inside',
    )
    expect(errorText(error, { colours: plain, verbose: true })).not.toMatch(/^ +at /m)
  })

  it('of ours alone have a stack, because they are bugs', () => {
    expect(errorText(new Error('oops'), { colours: plain, verbose: false })).toMatch(
      /Error: oops\n +at .*\[internal\]/s,
    )
  })

  it('cannot paint the terminal', () => {
    const error = new FargateLoginError('task-stopped', 'a\x1b[2J\x07b\u202ec\u009bd')
    const text = errorText(error, { colours: plain, verbose: false })
    expect(text).toBe('fargate-login: a\\x1b[2J\\x07b\\u{202e}c\\x9bd [task-stopped]\n')
    expect(printable('line\nline\ttab')).toBe('line\nline tab')
  })
})

describe('colour', () => {
  it.each([
    [{ isTTY: true }, {}, true],
    [{ isTTY: true }, { NO_COLOR: '1' }, false],
    [{ isTTY: true }, { TERM: 'dumb' }, false],
    [{}, {}, false],
  ])('for %j with %j: %j', (stream, environment, coloured) => {
    expect(coloursFor(stream, environment).red('x') !== 'x').toBe(coloured)
  })
})

describe('progress', () => {
  function shown(isTTY: boolean, verbosity: 'quiet' | 'normal' | 'verbose'): string {
    const stream = new PassThrough()
    let time = 0
    const reporter = makeReporter({
      stream,
      animated: isTTY,
      colours: plain,
      verbosity,
      now: () => (time += 1000),
    })
    reporter.step('task', 'abc PENDING')
    reporter.done('address', '10.0.0.7 (private)')
    reporter.done('connection', 'app@10.0.0.7:2222')
    reporter.debug('detail')
    reporter.warn('careful')
    reporter.done('stop', 'abc after 4 s')
    reporter[Symbol.dispose]()
    return String(stream.read() ?? '')
  }

  it('is one line a step without a terminal', () => {
    expect(shown(false, 'normal')).toMatchInlineSnapshot(`
      "fargate-login: task: abc PENDING (1.0 s)
      fargate-login: address: 10.0.0.7 (private) (2.0 s)
      fargate-login: connection: app@10.0.0.7:2222 (3.0 s)
      fargate-login: warning: careful
      fargate-login: stop: abc after 4 s (4.0 s)
      "
    `)
  })

  it('keeps on a terminal only what lasts', () => {
    const visible = shown(true, 'normal').replace(/[^\n]*\r\x1b\[K/g, '')
    expect(visible).toBe(
      '✓ Connected: app@10.0.0.7:2222\nfargate-login: warning: careful\n✓ Stopped: abc after 4 s\n',
    )
  })

  it('is only warnings with --quiet, and details too with --verbose', () => {
    expect(shown(true, 'quiet')).toBe('fargate-login: warning: careful\n')
    expect(shown(true, 'verbose')).toContain('fargate-login: detail\n')
  })
})

describe('the plan as text', () => {
  it('tells a person what will happen', () => {
    expect(planText(makePlan(PLAN_INPUT))).toMatchSnapshot()
  })

  it('says that stdin is not read', () => {
    const program = { command: 'rake', pty: false, withoutStdin: true } as const
    const plan = makePlan({ ...PLAN_INPUT, activity: { kind: 'attend', program } })
    expect(planText(plan)).toMatch(/^Runs +rake, without a PTY, without stdin$/m)
  })
})
