import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callAws, callError } from '../helpers/aws/call.ts'
import { type Front, startFront } from '../helpers/aws/front.ts'
import { makeHome } from '../helpers/aws/home.ts'
import { startProxy } from '../helpers/aws/proxy.ts'
import type { Variables } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

const KEYS = 'aws_access_key_id = AKIAFILE\naws_secret_access_key = secret\n'
let ecs: TestEcs

beforeAll(async () => {
  ecs = await startEcs()
})
afterAll(() => ecs[Symbol.asyncDispose]())

interface World extends AsyncDisposable {
  readonly front: Front
  readonly variables: Variables
}

/**
 * A home directory, and an endpoint that notes who calls. Everything else is out of reach: a call to AWS itself fails.
 * @param config gets the endpoint's URL
 */
async function makeWorld(config: (url: string) => string, credentials = ''): Promise<World> {
  const front = await startFront(ecs.ecs.endpointUrl)
  const home = makeHome({ '.aws/config': config(front.url), '.aws/credentials': credentials })
  return {
    front,
    variables: { ...home.variables, HTTPS_PROXY: 'http://127.0.0.1:1' },
    async [Symbol.asyncDispose]() {
      home[Symbol.dispose]()
      await front[Symbol.asyncDispose]()
    },
  }
}

const NAMED = [
  ['--profile', {}, { profile: 'web' }],
  ['AWS_PROFILE', { AWS_PROFILE: 'web' }, {}],
  ['AWS_DEFAULT_PROFILE', { AWS_DEFAULT_PROFILE: 'web' }, {}],
] as const

describe.each(NAMED)('a profile that %s names', (by, variables, access) => {
  it('counts with its Region, keys and endpoint_url', async () => {
    await using world = await makeWorld(
      (url) => `[default]\nregion = us-west-1\n[profile web]\nregion = eu-west-3\nendpoint_url = ${url}\n`,
      `[web]\n${KEYS}`,
    )
    await callAws({ ...world.variables, ...variables }, access)
    for (const service of ['ecs', 'sts']) {
      expect(world.front.calls).toContainEqual(
        expect.objectContaining({ service, key: 'AKIAFILE', region: 'eu-west-3' }),
      )
    }
  })

  it('counts with its services section, before its endpoint_url', async () => {
    await using world = await makeWorld(
      (url) =>
        `[services mine]\necs =\n  endpoint_url = ${url}\nsts =\n    endpoint_url = ${url}\n` +
        '[profile web]\nregion = eu-west-3\nendpoint_url = http://127.0.0.1:1\nservices = mine\n',
      `[web]\n${KEYS}`,
    )
    await callAws({ ...world.variables, ...variables }, access)
    expect(new Set(world.front.calls.map(({ service }) => service))).toEqual(new Set(['ecs', 'sts']))
  })

  it('counts without an endpoint where another profile has one', async () => {
    await using world = await makeWorld(
      (url) => `[default]\nendpoint_url = ${url}\n[profile web]\nregion = eu-west-3\n`,
      `[web]\n${KEYS}`,
    )
    const { message } = await callError({ ...world.variables, ...variables }, access)
    expect(message).toContain('The proxy http://127.0.0.1:1 (HTTPS_PROXY) does not answer')
    expect(world.front.calls).toEqual([])
  })

  it('is called so if it does not exist, with the files and the nearest name', async () => {
    await using world = await makeWorld(() => '[profile webb]\n[profile prod]\n')
    const variable = by === '--profile' ? '' : ` (${by})`
    expect(await callError({ ...world.variables, ...variables }, access)).toEqual({
      message: `Profile web${variable} is not in ~/.aws/config or ~/.aws/credentials.`,
      code: 'credentials-missing',
      hint: 'Did you mean webb? Profiles there: webb, prod.',
    })
  })
})

describe('settings of AWS', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 's' }

  it.each([
    [
      'AWS_REGION before AWS_DEFAULT_REGION',
      { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' },
      'eu-west-1',
    ],
    ['AWS_DEFAULT_REGION', { AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-2'],
    ['the Region of the default profile', {}, 'eu-west-9'],
  ])('%s', async (_, variables, region) => {
    await using world = await makeWorld((url) => `[default]\nregion=eu-west-9\nendpoint_url=${url}\n`)
    await callAws({ ...world.variables, ...keys, ...variables })
    expect(world.front.calls[0]).toMatchObject({ region })
  })

  it('the variable of a service before AWS_ENDPOINT_URL before the profile', async () => {
    await using world = await makeWorld(
      () => '[default]\nregion=eu-west-1\nendpoint_url=http://127.0.0.1:1\n',
    )
    const { url } = world.front
    const both = { AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_STS: ecs.ecs.endpointUrl }
    await callAws({ ...world.variables, ...keys, ...both })
    expect(world.front.calls.map(({ service }) => service)).not.toContain('sts')
    expect(world.front.calls.map(({ service }) => service)).toContain('ecs')
  })

  it.each([
    ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, ''],
    ['ignore_configured_endpoint_urls', {}, 'ignore_configured_endpoint_urls = true\n'],
  ])('%s', async (_, variables, line) => {
    await using world = await makeWorld((url) => `[default]\nregion=eu-west-1\nendpoint_url=${url}\n${line}`)
    const ignored = { ...world.variables, ...keys, AWS_ENDPOINT_URL: world.front.url, ...variables }
    expect((await callError(ignored)).message).toContain('(HTTPS_PROXY) does not answer')
    await callAws(ignored, { endpointUrl: world.front.url })
  })

  it.each([
    ['AWS_USE_FIPS_ENDPOINT', { AWS_USE_FIPS_ENDPOINT: 'TRUE' }, '', /-fips\.us-east-2\.amazonaws\.com/],
    ['use_fips_endpoint', {}, 'use_fips_endpoint = true', /-fips\.us-east-2\.amazonaws\.com/],
    ['AWS_USE_DUALSTACK_ENDPOINT', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, '', /us-east-2\.api\.aws/],
    ['use_dualstack_endpoint', {}, 'use_dualstack_endpoint = true', /us-east-2\.api\.aws/],
  ])('%s', async (_, variables, line, host) => {
    await using proxy = await startProxy({ port: 1, refusal: '403 Forbidden' })
    await using world = await makeWorld(
      () => `[profile web]\nregion = us-east-2\n${line}\n`,
      `[web]\n${KEYS}`,
    )
    const throughProxy = { ...world.variables, ...variables, HTTPS_PROXY: `127.0.0.1:${proxy.port}` }
    await callError(throughProxy, { profile: 'web' })
    expect(proxy.log.length).toBeGreaterThan(0)
    for (const entry of proxy.log) expect(entry).toMatch(host)
  })

  it.each([
    ['AWS_MAX_ATTEMPTS', { AWS_MAX_ATTEMPTS: '2' }, '', 2],
    ['max_attempts', {}, 'max_attempts = 1', 1],
    ['neither', {}, '', 4],
  ])('%s: so many attempts', async (_, variables, line, attempts) => {
    await using own = await startEcs()
    const throttle = (times: number) =>
      own.ecs.faults.add({ operation: 'ListTasks', error: 'ThrottlingException', times })
    if (attempts > 1) throttle(attempts - 1)
    using home = makeHome({ '.aws/config': `[default]\nretry_mode = standard\n${line}\n` })
    const all = { ...own.variables, ...home.variables, ...variables }
    await callAws(all)
    throttle(attempts)
    expect(await callError(all)).toMatchObject({ code: 'aws-unreachable' })
  })

  it.each([
    [
      'AWS_MAX_ATTEMPTS',
      { AWS_MAX_ATTEMPTS: 'many' },
      'AWS_MAX_ATTEMPTS: expected a whole number from 1, got "many".',
    ],
    [
      'AWS_RETRY_MODE',
      { AWS_RETRY_MODE: 'x' },
      'AWS_RETRY_MODE: expected standard, adaptive or legacy, got "x".',
    ],
    [
      'AWS_USE_FIPS_ENDPOINT',
      { AWS_USE_FIPS_ENDPOINT: 'yes' },
      'AWS_USE_FIPS_ENDPOINT: expected true or false, got "yes".',
    ],
    [
      'AWS_ENDPOINT_URL',
      { AWS_ENDPOINT_URL: 'localhost:4566' },
      'AWS_ENDPOINT_URL: expected a URL such as https://host:8443, got "localhost:4566".',
    ],
    [
      'AWS_USE_FIPS_ENDPOINT with an endpoint',
      { AWS_USE_FIPS_ENDPOINT: 'true', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
      'AWS_USE_FIPS_ENDPOINT and AWS_ENDPOINT_URL exclude each other.',
    ],
  ])('%s that is wrong is an error', async (_, variables, message) => {
    await using world = await makeWorld(() => '')
    const all = { ...world.variables, ...keys, AWS_REGION: 'eu-west-1', ...variables }
    expect(await callError(all)).toMatchObject({ message, code: 'config-invalid' })
  })

  it('no Region is called so', async () => {
    await using world = await makeWorld(() => '[profile web]\noutput = json\n')
    expect(await callError({ ...world.variables, ...keys, AWS_PROFILE: 'web' })).toEqual({
      message: 'No AWS Region.',
      code: 'credentials-missing',
      hint: 'Set AWS_REGION, --region, or region in profile web.',
    })
  })
})
