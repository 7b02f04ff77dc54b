import { describe, expect, it } from 'vitest'
import { checkCommand, checkDerive, checkLayer, checkSession } from '../../cli/config/rules.ts'
import type { Config } from '../../cli/core/config/config.ts'
import { FargateLoginError } from '../../cli/core/error.ts'
import type { Forward } from '../../cli/core/forward/forward.ts'
import { parseForward } from '../../cli/core/forward/parse-forward.ts'
import { CONFIG } from '../helpers/values.ts'

/** The fact and the next action, in one line; `undefined` where nothing is refused. */
function refusal(check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (!(error instanceof FargateLoginError)) throw error
    expect(error.exitCode).toBe(2)
    return `${error.message} | ${error.hint}`
  }
}

function forwards(kind: 'local' | 'remote' | 'dynamic', ...texts: readonly string[]): readonly Forward[] {
  return texts.map((text) => parseForward(kind, text)).filter((forward) => forward !== undefined)
}

const INJECT: Config = { ...CONFIG, inject: true, toolkitImage: 'toolkit:1' }
const { taskDefinition: _, ...NOTHING_TO_RUN } = CONFIG
const { toolkitImage: __, ...NO_TOOLKIT } = INJECT

describe('a session is refused', () => {
  const refused: readonly (readonly [string, Config, RegExp])[] = [
    ['with --json and no --dry-run', { ...CONFIG, json: true }, /--json prints a plan.*Add --dry-run/],
    [
      'with --detach and --local',
      { ...CONFIG, detach: true, local: true },
      /--local stops its tasks.*\n.*fargate-login local --detach/,
    ],
    ['with --detach and -T', { ...CONFIG, detach: true, pty: 'forbid' }, /-T forbids.*Drop -T/],
    [
      'with the same port twice',
      { ...CONFIG, localForward: forwards('local', '8085:a:1', '127.0.0.1:8085:b:2') },
      /Two forwards listen on 127\.0\.0\.1:8085\..*a port of its own.*\n-L 0:HOST:PORT/,
    ],
    [
      'with one port for -L and -D',
      {
        ...CONFIG,
        localForward: forwards('local', '8085:a:1'),
        dynamicForward: forwards('dynamic', '*:8085'),
      },
      /Two forwards listen on \*:8085\./,
    ],
    [
      'with the same port of the task twice',
      { ...CONFIG, remoteForward: forwards('remote', '8085:a:1', '8085') },
      /Two forwards listen on localhost:8085 in the task\..*\n-R 0:HOST:PORT/,
    ],
    [
      'with the same socket twice',
      { ...CONFIG, localForward: forwards('local', '/tmp/s:a:1', '/tmp/s:b:2') },
      /Two forwards listen on \/tmp\/s\..*a socket of its own/,
    ],
    ['without anything to run', NOTHING_TO_RUN, /No task to run was specified.*Use --service NAME/],
    ['with --inject and no toolkit image', NO_TOOLKIT, /needs an image.*--toolkit-image IMAGE/],
  ]
  it.each(refused)('%s', (_, config, words) => {
    expect(refusal(() => checkSession(config))).toMatch(words)
  })
})

describe('a session is allowed', () => {
  const allowed: readonly (readonly [string, Config])[] = [
    ['with a task definition', CONFIG],
    ['with a service', { ...NOTHING_TO_RUN, service: 'web' }],
    ['with --dry-run and --json', { ...CONFIG, dryRun: true, json: true }],
    ['with --inject and a toolkit image', INJECT],
    [
      'with --local, which brings a task and a toolkit image',
      { ...NOTHING_TO_RUN, inject: true, local: true },
    ],
    [
      'with the same port on both sides, on two addresses, and with port 0 twice',
      {
        ...CONFIG,
        localForward: forwards('local', '127.0.0.1:8085:a:1', '[::1]:8085:a:1', '0:a:1', '0:b:1'),
        remoteForward: forwards('remote', '8085:a:1'),
      },
    ],
    ['with --inject and RSA keys', { ...INJECT, keyType: 'rsa' }],
  ]
  it.each(allowed)('%s', (_, config) => {
    expect(refusal(() => checkSession(config))).toBeUndefined()
  })
})

describe('derive', () => {
  it('needs a task and a toolkit image, and makes no keys', () => {
    expect(refusal(() => checkDerive(NOTHING_TO_RUN))).toMatch(/No task to run was specified/)
    expect(refusal(() => checkDerive(CONFIG))).toMatch(/--toolkit-image IMAGE/)
    expect(refusal(() => checkDerive({ ...INJECT, keyType: 'rsa' }))).toBeUndefined()
  })
})

describe('a command line', () => {
  it('is refused when an SSH packet cannot hold it', () => {
    expect(refusal(() => checkCommand('x'.repeat(131_051)))).toMatch(/has 131051 bytes.*takes 131050.*stdin/)
    expect(refusal(() => checkCommand('ü'.repeat(65_526)))).toMatch(/has 131052 bytes/)
    expect(refusal(() => checkCommand('x'.repeat(131_050)))).toBeUndefined()
  })
})

describe('one place', () => {
  it('names a launch type or a capacity provider, and not both', () => {
    const both = { launchType: 'EC2', capacityProvider: 'x' } as const
    expect(refusal(() => checkLayer(both, 'f.yaml: defaults'))).toMatch(
      /^f\.yaml: defaults: .* exclude each other/,
    )
    expect(refusal(() => checkLayer({ launchType: 'EC2' }, 'f.yaml: defaults'))).toBeUndefined()
  })
})
