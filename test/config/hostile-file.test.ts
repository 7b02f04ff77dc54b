import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { stringify } from 'yaml'
import { parseConfigFile } from '../../cli/config/file/parse-file.ts'
import { settings } from '../../cli/config/named-settings.ts'
import { readConfig } from '../../cli/config/read-config.ts'
import { FargateLoginError } from '../../cli/core/error.ts'

/** What is wrong with the source, if anything; anything but our own error fails the test. */
function complaint(source: string): string | undefined {
  try {
    parseConfigFile('f.yaml', source)
    return undefined
  } catch (error) {
    if (!(error instanceof FargateLoginError)) throw error
    expect(error.code).toBe('config-invalid')
    expect(error.message).toMatch(/^f\.yaml(:[1-9]\d*)?: ./s)
    expect(error.message).not.toContain('\n')
    expect(error.message.length).toBeLessThan(400)
    return error.message
  } finally {
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  }
}

const odd = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '<<',
  'a\nb',
  '\x1b[2J',
  'x'.repeat(5000),
  '',
)
const key = fc.oneof(
  odd,
  fc.constantFrom('defaults', 'targets', 'shortcuts', ...settings.map(({ name }) => name)),
  fc.string(),
)
const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(
    null,
    undefined,
    Number.POSITIVE_INFINITY,
    new Date(0),
    2n ** 70n,
    new Uint8Array([0, 255]),
  ),
)
const { value: nested } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((entries) => new Map(entries)),
  ),
}))

/** Bits of YAML that mean something, put together in any way. */
const bits = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'defaults targets shortcuts env cluster port subnets <<'.split(' ').map((name) => `${name}: `),
        ...['&a ', '*a', '&b ', '*b ', '? ', ': ', '- ', '[', ']', '{', '}', ',', '\n', '\n  ', '\n    '],
        ...[
          '!!set ',
          '!!omap ',
          '!!pairs ',
          '!!binary ',
          '!!timestamp ',
          '!!float ',
          '!!merge ',
          '!x ',
          '!<',
        ],
        ...['%YAML 1.1\n', '%TAG ! x\n', '---\n', '...\n', '|\n', '>-\n', '"', "'", '#', '\t', '\r\n', '\r'],
        ...['\ufeff', '\0', '\x85', '\u2028', '\ud800', '1e400', '.nan', '0x', '~', '2001-01-01', 'a', '1'],
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''))

const GOOD = `defaults: &base { cluster: a, region: eu-west-1, env: { A: b } }
targets:
  web: { <<: *base, subnets: [subnet-1], port: 22 }
shortcuts: { console: bin/rails console, list: [a, b] }
`

describe('a config file of any content', () => {
  it('that is some document gives a config or an error that names its line', () => {
    fc.assert(
      fc.property(nested, (document) => {
        complaint(stringify(document, { keepUndefined: true }))
      }),
      { numRuns: 150 },
    )
  })

  it('that has settings of any type gives a config or an error that names the key', () => {
    const layer = fc.array(fc.tuple(key, nested), { maxLength: 3 }).map((entries) => new Map(entries))
    fc.assert(
      fc.property(fc.constantFrom('defaults', 'targets', 'shortcuts'), layer, (part, members) => {
        const said = complaint(stringify(new Map([[part, members]])))
        if (said !== undefined && !/anchor|nested/.test(said)) expect(said).toContain(part)
      }),
      { numRuns: 150 },
    )
  })

  it('that is bits of YAML in any order gives a config or an error', () => {
    fc.assert(
      fc.property(bits, (source) => void complaint(source)),
      { numRuns: 1000 },
    )
  })

  it('that is damaged in one place gives a config or an error', () => {
    const damage = fc.tuple(fc.nat(GOOD.length), fc.nat(8), fc.string({ unit: 'binary', maxLength: 4 }))
    fc.assert(
      fc.property(damage, ([at, length, put]) => {
        complaint(GOOD.slice(0, at) + put + GOOD.slice(at + length))
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['lists nested deeply', `defaults: ${'['.repeat(50_000)}`, /nested too deeply/],
    ['mappings nested deeply', `defaults: ${'{a: '.repeat(20_000)}`, /nested too deeply/],
    ['lists closed again', `defaults: ${'['.repeat(4000)}${']'.repeat(4000)}`, /nested too deeply/],
    [
      'a list that contains itself',
      'defaults: { subnets: &a [*a] }',
      /defaults\.subnets: expected subnet ids/,
    ],
    ['a mapping as key', 'defaults:\n  ? { toString: 1 }\n  : x', /^f\.yaml:2: defaults: expected a name/],
    ['a list as key', 'defaults:\n  ? [cluster]\n  : x', /^f\.yaml:2: defaults: expected a name as key/],
    ['a key that comes twice', 'targets: { a: {}, a: {} }', /targets\.a: this key is already in line 1/],
    ['a tag without meaning', 'defaults: { cluster: !Ref Cluster }', /Unresolved tag: !Ref/],
    ['a number beyond all', 'defaults: { port: 1e400 }', /got Infinity/],
    ['a NUL in a variable', 'defaults: { env: { A: "a\\0b" } }', /defaults\.env\.A: expected NAME: text/],
    ['a NUL in a shortcut', 'shortcuts: { a: "x\\0" }', /shortcuts\.a: expected a command line/],
    [
      'a NUL in a word of a shortcut',
      'shortcuts: { a: [x, "\\0"] }',
      /shortcuts\.a: expected a command line/,
    ],
    ['a key with a line end', 'defaults: { "a\\nb": 1 }', /defaults\.a\\nb: unknown key/],
    ['a prototype', 'defaults: { __proto__: { cluster: x } }', /defaults\.__proto__: unknown key/],
    ['aliases of aliases', aliasBomb(), /resource exhaustion/],
  ])('names the fault: %s', (_, source, words) => {
    expect(complaint(source)).toMatch(words)
  })

  it.each([
    ['merges of merges of merges', mergeBomb(12)],
    ['a great many keys', `shortcuts:\n${lines(6000, (n) => `  k${n}: a`)}`],
    ['a great many comments', '# x\n'.repeat(60_000)],
    ['a great many targets', `targets:\n${lines(6000, (n) => `  t${n}: { port: 22 }`)}`],
  ])('takes no long time over %s', (_, source) => {
    const start = performance.now()
    complaint(source)
    expect(performance.now() - start).toBeLessThan(5000)
  })

  it.each([
    ['a BOM', `\ufeff${GOOD}`],
    ['CRLF', GOOD.replaceAll('\n', '\r\n')],
    ['the words of YAML 1.1', `%YAML 1.1\n---\n${GOOD}`],
  ])('is understood with %s', (_, source) => {
    expect(parseConfigFile('f.yaml', source)).toEqual(parseConfigFile('f.yaml', GOOD))
  })

  it('keeps names that a prototype has', () => {
    const { targets, shortcuts } = parseConfigFile(
      'f.yaml',
      'targets: { __proto__: { port: 1 }, 1.10: { port: 2 } }\nshortcuts: { __proto__: a, constructor: b }',
    )
    expect([...targets]).toEqual([
      ['__proto__', { port: 1 }],
      ['1.10', { port: 2 }],
    ])
    expect(Object.entries(shortcuts)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ])
  })
})

function lines(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join('\n')
}

function aliasBomb(): string {
  const levels = lines(8, (n) => `&l${n + 1} [${Array(9).fill(`*l${n}`).join(', ')}],`)
  return `defaults: { subnets: [&l0 [x, x, x], ${levels.replaceAll('\n', ' ')}] }`
}

function mergeBomb(depth: number): string {
  const level = (n: number) => `  t${n + 1}: &t${n + 1} { <<: [${Array(10).fill(`*t${n}`).join(', ')}] }`
  return `targets:\n  t0: &t0 { port: 22 }\n${lines(depth, level)}`
}

async function temporary() {
  const path = await mkdtemp(join(tmpdir(), 'fargate-login-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

function read(config: string, directory = '/') {
  return readConfig({ flags: { config }, target: undefined, environment: {}, directory })
}

describe('a config file that is no plain file', () => {
  afterEach(() => vi.restoreAllMocks())

  it('is an error that says what it is', async () => {
    await using directory = await temporary()
    const { path } = directory
    await symlink('loop', join(path, 'loop'))
    await writeFile(
      join(path, 'latin1'),
      Buffer.from('defaults: { env: { PASSWORD: gr\xfc\xdfe } }', 'latin1'),
    )
    await writeFile(join(path, 'utf16'), Buffer.from('\ufeffdefaults: {}', 'utf16le'))
    await writeFile(join(path, 'utf16-bare'), Buffer.from('defaults: {}', 'utf16le'))
    await writeFile(join(path, 'big'), Buffer.alloc(10_000_000, '# all comment\n'))
    for (const [file, words] of [
      ['.', /EISDIR/],
      ['loop', /ELOOP/],
      ['x'.repeat(5000), /ENAMETOOLONG/],
      ['a\0b', /cannot be read/],
      ['/dev/zero', /more than 256 KiB/],
      ['big', /more than 256 KiB/],
      ['latin1', /not UTF-8 text/],
      ['utf16', /not UTF-8 text/],
      ['utf16-bare', /not UTF-8 text/],
    ] as const) {
      const error = await read(file, path).catch((error: unknown) => error)
      expect(error).toMatchObject({ code: 'config-invalid', message: expect.stringMatching(words) })
    }
  })

  it('may be /dev/null, or a pipe whose writer is late', async () => {
    await using directory = await temporary()
    const pipe = join(directory.path, 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(await read('/dev/null')).toMatchObject({ cluster: 'default' })
    const config = read(pipe)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await writeFile(pipe, 'defaults: { cluster: piped }')
    expect(await config).toMatchObject({ cluster: 'piped' })
  })

  it('does not hang on a pipe that nobody writes to, not even when it is found upward', async () => {
    await using directory = await temporary()
    const below = join(directory.path, 'below')
    await mkdir(below)
    execFileSync('mkfifo', [join(directory.path, 'fargate-login.yaml')])
    const now = performance.now.bind(performance)
    vi.spyOn(performance, 'now').mockImplementation(() => now() * 20)
    const reading = readConfig({ flags: {}, target: undefined, environment: {}, directory: below })
    await expect(reading).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(/it has no data/),
    })
  })
})
