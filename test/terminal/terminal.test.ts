import { PassThrough } from 'node:stream'
import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import { FargateLoginError } from '../../cli/core/error.ts'
import { makePlan } from '../../cli/core/plan/plan.ts'
import { coloursFor } from '../../cli/terminal/colour.ts'
import { errorStatus, errorText } from '../../cli/terminal/error-text.ts'
import { glyphsFor } from '../../cli/terminal/glyphs.ts'
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
    const stream = Object.assign(new PassThrough(), { isTTY })
    let time = 0
    const reporter = makeReporter({
      stream,
      canMove: true,
      colours: plain,
      glyphs: glyphsFor({ LANG: 'C.UTF-8' }),
      verbosity,
      now: () => (time += 1000),
    })
    reporter.step('task', 'Starting web:42 (PENDING)')
    reporter.done('address', "The task's address is 10.0.0.7 (private)")
    reporter.done('connection', 'Connected as app to 10.0.0.7:2222')
    reporter.debug('detail')
    reporter.note('Go on with:', 'fargate-login list')
    reporter.warn('careful')
    reporter.done('stop', 'Stopped session abc after 4 s')
    reporter[Symbol.dispose]()
    return String(stream.read() ?? '')
  }

  it('is warnings only without a terminal, and with --quiet', () => {
    expect(shown(false, 'normal')).toBe('fargate-login: warning: careful\n')
    expect(shown(true, 'quiet')).toBe('fargate-login: warning: careful\n')
  })

  it('is a line for each step, and the details, with --verbose', () => {
    expect(shown(false, 'verbose')).toMatchInlineSnapshot(`
      "fargate-login: [1.0 s] Starting web:42 (PENDING)
      fargate-login: [2.0 s] The task's address is 10.0.0.7 (private)
      fargate-login: [3.0 s] Connected as app to 10.0.0.7:2222
      fargate-login: detail
      fargate-login: Go on with:
        fargate-login list
      fargate-login: warning: careful
      fargate-login: [4.0 s] Stopped session abc after 4 s
      "
    `)
    expect(shown(true, 'verbose')).toBe(shown(false, 'verbose'))
  })
})

describe('the plan as text', () => {
  it('tells a person what will happen', () => {
    const text = planText(makePlan(PLAN_INPUT))
    expect(text).toMatchSnapshot()
    const lines = text.split('\n')
    expect(lines.length).toBeLessThanOrEqual(24)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
    expect(lines[1]).toBe('Price      0.25 vCPU $0.0101 + 0.5 GB $0.0022 + public IPv4 $0.005 = $0.017 an')
  })

  it('breaks lines between words, and indents what follows', () => {
    for (const columns of [30, 40, 60]) {
      for (const line of planText(makePlan(PLAN_INPUT), { columns }).trimEnd().split('\n')) {
        expect(line).toMatch(/^(\w[\w -]{9}| {10}) \S/)
        expect(line.length <= columns || !line.slice(11).includes(' '), line).toBe(true)
      }
    }
  })

  it('has the request as JSON only with --verbose', () => {
    const plan = makePlan(PLAN_INPUT)
    expect(planText(plan)).not.toContain('{')
    const [, request = ''] = planText(plan, { verbose: true }).split('\nRunTask request:\n')
    expect(JSON.parse(request)).toEqual(plan.runTask)
  })

  it('has no price with --local', () => {
    const local = { ...PLAN_INPUT, config: { ...PLAN_INPUT.config, local: true } }
    expect(makePlan(local)).not.toHaveProperty('centsPerHour')
    expect(planText(makePlan(local), { local: true })).toMatch(
      /^Price +nothing: the task runs on this machine$/m,
    )
  })

  it('says that stdin is not read', () => {
    const program = { command: 'rake', pty: false, withoutStdin: true } as const
    const plan = makePlan({ ...PLAN_INPUT, activity: { kind: 'attend', program } })
    expect(planText(plan)).toMatch(/^Runs +rake, without a PTY, without stdin$/m)
  })
})
