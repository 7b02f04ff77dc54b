import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runCli, startCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { expectHarmless } from '../helpers/foreign.ts'

let ecs: TestEcs
let sts: Server
let directory: string
/** Made by whatever executes one of the words, here or in the task, which is on this machine as well. */
let mark: string
let tricks: readonly string[]

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fargate-login-'))
  mark = join(directory, 'executed')
  tricks = [
    `; touch ${mark}`,
    `$(touch ${mark})`,
    `\`touch ${mark}\``,
    `'; touch ${mark}; '`,
    `"; touch ${mark}; "`,
    `\\'; touch ${mark} #`,
    `x\ntouch ${mark}\n`,
    `x\rtouch ${mark}\r`,
    `| touch ${mark}`,
    `& touch ${mark} &`,
    `() { :; }; touch ${mark}`,
  ]
  ecs = await startEcs()
  const arn = `arn:aws:sts::1:assumed-role/x/${tricks.join('/')}\x1b[2J\x9b31m\u202e\x07`
  sts = createServer((_, response) => {
    const escaped = arn.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
    response.end(
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
        `<Arn>${escaped}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    )
  }).listen(0, '127.0.0.1')
  await once(sts, 'listening')
})
afterEach(() => expect(existsSync(mark)).toBe(false))
afterAll(async () => {
  sts.closeAllConnections()
  sts.close()
  await ecs[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

/** With an owner full of tricks. */
function variables() {
  const { port } = sts.address() as AddressInfo
  return { ...ecs.variables, AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${port}` }
}

const ASCII = Array.from({ length: 127 }, (_, index) => String.fromCodePoint(index + 1))
const BEYOND = ['\x80\x85\x9b\x9f', 'é', 'ß…', '日本語', '🚀👩‍👩‍👧', '\u2028\u202e\ufeff', '\uffff\u{10ffff}']
const EDGES = [
  '',
  ' ',
  '\n',
  '\n\n',
  'end\n',
  '\\',
  'end\\',
  '-n',
  '--',
  '-e x',
  '=',
  'A=B',
  '%s',
  '\\0',
  '\\x41',
  '$x',
]

/** Any text that an argument can carry; the seed is in the name of the test. */
const seed = Date.now() % 2 ** 31
function anyTexts(count: number): readonly string[] {
  const text = fc.string({ unit: 'binary', maxLength: 30 }).filter((value) => !value.includes('\0'))
  return fc.sample(text, { seed, numRuns: count })
}

function lines(stdout: string): readonly string[] {
  return stdout.split('\0').slice(0, -1)
}

describe('words and values of any kind', () => {
  it(`arrive as they are in the argv of a command (seed ${seed})`, async () => {
    const words = [...ASCII, ASCII.join(''), ...BEYOND, ...EDGES, ...tricks, ...anyTexts(500)]
    const { stdout, stderr, status } = await runCli(['exec', '--', 'printf', '%s\\0', ...words], variables())
    expect(status, stderr).toBe(0)
    expect(lines(stdout)).toEqual(words)
    expectHarmless(stderr)
  })

  it(`arrive as they are in the environment, by names of any kind (seed ${seed})`, async () => {
    const values = [
      ASCII.join(''),
      ASCII.toReversed().join(''),
      ...BEYOND,
      ...EDGES,
      ...tricks,
      ...anyTexts(30),
    ]
    const given = Object.fromEntries(values.map((value, index) => [`V${index}`, value]))
    for (const name of [
      'a.b',
      'a-b',
      '1',
      '-n',
      "it's",
      '$(id)',
      '`id`',
      'a;b',
      '*',
      '"',
      '\\',
      '~',
      'ü',
      '__proto__',
    ])
      Object.defineProperty(given, name, { value: `${name} here`, enumerable: true })
    const options = Object.entries(given).flatMap(([name, value]) => ['-e', `${name}=${value}`])
    const { stdout, stderr, status } = await runCli(['exec', ...options, '--', 'env', '-0'], variables())
    expect(status, stderr).toBe(0)
    const pairs = lines(stdout).map(
      (line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const,
    )
    const seen = new Map(pairs)
    for (const [name, value] of Object.entries(given)) expect([name, seen.get(name)]).toEqual([name, value])
  })

  it('arrive as they are behind a shortcut, and in one', async () => {
    const shortcuts = {
      line: "printf '%s\\0'",
      words: ['printf', '%s\\0', ...tricks, ...EDGES],
      [tricks[1] ?? '']: 'true',
    }
    await writeFile(join(directory, 'fargate-login.yaml'), JSON.stringify({ shortcuts }))
    const words = [...tricks, ...EDGES, ...anyTexts(20)]
    const run = (...args: readonly string[]) => runCli(['run', ...args], variables(), '', directory)
    expect(lines((await run('line', '--', ...words)).stdout)).toEqual(words)
    expect(lines((await run('words', '--', ...words)).stdout)).toEqual([...tricks, ...EDGES, ...words])
    const { status, stderr } = await run(`${tricks[0]}\x1b[2J`)
    expect(status).toBe(2)
    expectHarmless(stderr)
  })

  it('of an owner are harmless in what the local ECS tells of its tasks', async () => {
    const local = startCli(['local', '--runner', 'process', '--verbose'])
    const exports = await local.printed(/export [^\n]*\n$/)
    const pairs = exports.matchAll(/^export (\w+)=(.*)$/gm)
    const own = Object.fromEntries([...pairs].map(([, name, value]) => [name, value?.replaceAll("'", '')]))
    const { stdout } = await runCli(['exec', '-q', '--', 'echo', 'ok'], { ...variables(), ...own })
    expect(stdout).toBe('ok\n')
    local.child.kill('SIGTERM')
    const { stderr } = await local.finished
    expect(stderr).toContain('assumed-role/x/')
    expectHarmless(stderr)
    for (const line of stderr.trimEnd().split('\n')) expect(line).toMatch(/^(fargate-login: | {2})/)
  })

  it('as names of targets, clusters, services and users execute nothing', async () => {
    const trick = tricks.filter((text) => !/[\r\n]/.test(text)).join('\x1b[2J')
    for (const args of [
      ['plan', trick],
      ['plan', '--service', trick, '--cluster', trick, '--container', trick],
      [
        'exec',
        '--user',
        trick.replace(/\s/g, '-').replaceAll(':', '').slice(0, 60),
        '--timeout',
        '20',
        '--',
        'true',
      ],
      ['plan', '-e', `${tricks[1]}=`.replaceAll(' ', '-'), '--', ...tricks],
    ]) {
      const { stdout, stderr, status } = await runCli(args, variables())
      expect([0, 2, 255]).toContain(status)
      expectHarmless(stdout)
      expectHarmless(stderr)
      expect(stderr).not.toContain('[internal]')
    }
  })
})
