import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificates } from '../helpers/aws/certificate.ts'
import { type Front, startFront } from '../helpers/aws/front.ts'
import { makeHome } from '../helpers/aws/home.ts'
import { listen } from '../helpers/aws/listen.ts'
import { startProxy } from '../helpers/aws/proxy.ts'
import { startSsoPortal } from '../helpers/aws/sso-portal.ts'
import { CLI, cliOnTerminal, environment, onTerminal, runCli, startCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

const LIST = ['list', '--json']
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-central-1' }
const BASE = '[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = secret\n'
let ecs: TestEcs
let front: Front

beforeAll(async () => {
  ecs = await startEcs()
  front = await startFront(ecs.ecs.endpointUrl)
})
afterAll(async () => {
  await front[Symbol.asyncDispose]()
  await ecs[Symbol.asyncDispose]()
})

describe('the network', () => {
  it('is reached through a proxy, and AWS with the CA bundle', async () => {
    const certificates = makeCertificates(['*.eu-central-1.amazonaws.com'])
    await using tls = await startFront(ecs.ecs.endpointUrl, certificates)
    await using proxy = await startProxy({ port: tls.port })
    using home = makeHome({ 'ca.pem': certificates.ca })
    const variables = {
      ...{ ...home.variables, ...KEYS, https_proxy: `127.0.0.1:${proxy.port}` },
      AWS_CA_BUNDLE: join(home.path, 'ca.pem'),
    }
    expect(await runCli(LIST, variables)).toMatchObject({ status: 0, stdout: '[]\n' })
    expect(proxy.log).toContain('CONNECT ecs.eu-central-1.amazonaws.com:443')
  })

  it('has the certificates of NODE_EXTRA_CA_CERTS', async () => {
    const certificates = makeCertificates(['127.0.0.1'])
    await using tls = await startFront(ecs.ecs.endpointUrl, certificates)
    using home = makeHome({ 'ca.pem': certificates.ca })
    const variables = { ...home.variables, ...KEYS, NODE_EXTRA_CA_CERTS: join(home.path, 'ca.pem') }
    const args = [...LIST, '--endpoint-url', tls.url]
    expect(await runCli(args, variables)).toMatchObject({ status: 0, stdout: '[]\n' })
  })

  it('and all settings of AWS are nothing to --local', async () => {
    using home = makeHome()
    const variables = {
      ...{ ...home.variables, AWS_CA_BUNDLE: '/nonexistent', AWS_PROFILE: 'nobody' },
      ...{ AWS_USE_FIPS_ENDPOINT: 'true', HTTP_PROXY: 'http://127.0.0.1:1' },
      ...{ AWS_ENDPOINT_URL: 'nonsense', AWS_MAX_ATTEMPTS: 'many' },
    }
    const { status, stderr } = await runCli(['plan', '--local'], variables)
    expect(stderr).not.toMatch(/\[[a-z-]+\]$/m)
    expect(status).toBe(0)
  })
})

describe('a profile', () => {
  const files = () => ({
    '.aws/config': `[profile web]\nregion = eu-west-3\nendpoint_url = ${front.url}\n`,
    '.aws/credentials': BASE.replace('base', 'web'),
  })

  it.each([
    ['--profile', ['--profile', 'web'], {}],
    ['FARGATE_LOGIN_PROFILE', [], { FARGATE_LOGIN_PROFILE: 'web' }],
  ] as const)('of %s counts with its endpoint', async (_, args, variables) => {
    using home = makeHome(files())
    const result = await runCli([...LIST, ...args], { ...home.variables, ...variables })
    expect(result).toMatchObject({ status: 0, stdout: '[]\n' })
  })

  it('next to keys is no reason for a banner of the SDK', async () => {
    using home = makeHome(files())
    const { stderr } = await runCli(LIST, { ...home.variables, ...KEYS, AWS_PROFILE: 'web' })
    expect(stderr).not.toMatch(/WARN|sdk|Multiple/i)
  })

  it('that does not exist is one line and what to do', async () => {
    using home = makeHome(files())
    const { status, stderr } = await runCli([...LIST, '-q', '--profile', 'wbe'], home.variables)
    expect(stderr).toBe(
      'fargate-login: Profile wbe is not in ~/.aws/config or ~/.aws/credentials. [credentials-missing]\n' +
        '  Did you mean web? Profiles there: web.\n',
    )
    expect(status).toBe(255)
  })
})

describe('a role with an MFA device', () => {
  const device = 'arn:aws:iam::123456789012:mfa/al'
  const files = () => ({
    '.aws/config':
      `[profile web]\nregion = eu-west-3\nendpoint_url = ${front.url}\nmfa_serial = ${device}\n` +
      'role_arn = arn:aws:iam::123456789012:role/web\nsource_profile = base\n',
    '.aws/credentials': BASE,
  })
  const args = [...LIST, '--profile', 'web']

  it('asks on the terminal, and not again while the credentials last', async () => {
    using home = makeHome(files())
    await using cli = cliOnTerminal(args, home.variables)
    await cli.shows(/Enter MFA code for arn:aws:iam::123456789012:mfa\/al: /)
    cli.type('123456\r')
    await cli.shows(/\[\]/)
    expect(await cli.exited).toBe(0)
    await using again = cliOnTerminal(args, home.variables)
    await again.shows(/\[\]/)
    expect(again.screen()).not.toContain('MFA')
  })

  it('asks on the terminal even if the streams are pipes', async () => {
    using home = makeHome(files())
    const line = `echo data | ${process.execPath} ${CLI} ${args.join(' ')} 2>/dev/null | cat`
    await using cli = onTerminal('/bin/sh', ['-c', line], home.variables)
    await cli.shows(/Enter MFA code/)
    cli.type('123456\r')
    await cli.shows(/\[\]/)
  })

  it('shows what STS says of a wrong code', async () => {
    using home = makeHome(files())
    await using cli = cliOnTerminal(args, home.variables)
    await cli.shows(/Enter MFA code/)
    cli.type('000000\r')
    await cli.shows(/MultiFactorAuthentication failed/)
    expect(await cli.exited).toBe(255)
  })

  it.each([
    ['an empty line', '\r'],
    ['Ctrl-D', '\x04'],
  ])('needs a code: %s is none', async (_, keys) => {
    using home = makeHome(files())
    await using cli = cliOnTerminal(args, home.variables)
    await cli.shows(/Enter MFA code/)
    cli.type(keys)
    await cli.shows(/enter the code that the device shows/)
    expect(cli.screen()).toMatch(
      /^fargate-login: \S*No code of arn:aws:iam::123456789012:mfa\/al was entered\./m,
    )
    expect(await cli.exited).toBe(255)
  })

  it('ends with Ctrl-C', async () => {
    using home = makeHome(files())
    await using cli = cliOnTerminal(args, home.variables)
    await cli.shows(/Enter MFA code/)
    cli.type('\x03')
    expect(await cli.exited).toBe(130)
  })

  it('says what to do without a terminal', async () => {
    using home = makeHome(files())
    // A session of its own has no terminal, as in cron.
    const child = spawn(process.execPath, [CLI, ...args], {
      env: environment(home.variables),
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'close')])
    expect(stderr).toContain(
      `Profile web needs the code of ${device}, and there is no terminal to ask on. [credentials-missing]\n`,
    )
    expect(stderr).toContain('\n  aws sts get-caller-identity --profile web\n')
    expect(status).toBe(255)
  })
})

describe('IAM Identity Center', () => {
  const role = 'sso_account_id = 123456789012\nsso_role_name = dev\n'
  const source = 'sso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n'
  const config = () =>
    `[profile new]\nregion = eu-west-3\nendpoint_url = ${front.url}\nsso_session = corp\n${role}` +
    `[sso-session corp]\n${source}[profile old]\nregion = eu-west-3\nendpoint_url = ${front.url}\n${source}${role}`

  /** @param key what the AWS CLI names the token's file after */
  function tokenFile(key: string, hours: number, accessToken = 'valid'): Readonly<Record<string, string>> {
    const name = createHash('sha1').update(key).digest('hex')
    const expiresAt = new Date(Date.now() + hours * 3600_000).toISOString()
    return { [`.aws/sso/cache/${name}.json`]: JSON.stringify({ accessToken, expiresAt }) }
  }

  it.each([
    ['new', 'corp'],
    ['old', 'https://corp.awsapps.com/start'],
  ])('gives keys to whoever has signed in, for a profile of the %s kind', async (profile, key) => {
    await using portal = await startSsoPortal('valid')
    using home = makeHome({ '.aws/config': config(), ...tokenFile(key, 1) })
    const variables = { ...home.variables, AWS_ENDPOINT_URL_SSO: portal.url }
    const result = await runCli([...LIST, '--profile', profile], variables)
    expect(result).toMatchObject({ status: 0, stdout: '[]\n' })
    expect(front.calls).toContainEqual(expect.objectContaining({ key: 'ASIASSO', service: 'ecs' }))
  })

  it.each([
    ['nobody has signed in', 'new', {}],
    ['nobody has signed in', 'old', {}],
    ['the token has expired', 'new', tokenFile('corp', -1)],
    ['the token has expired', 'old', tokenFile('https://corp.awsapps.com/start', -1)],
    ['the token has been revoked', 'new', tokenFile('corp', 1, 'revoked')],
  ])('says how to sign in where %s (%s)', async (_, profile, files) => {
    await using portal = await startSsoPortal('valid')
    using home = makeHome({ '.aws/config': config(), ...files })
    const variables = { ...home.variables, AWS_ENDPOINT_URL_SSO: portal.url }
    const { status, stderr } = await runCli([...LIST, '-q', '--profile', profile], variables)
    expect(stderr).toMatch(
      /^fargate-login: .* \[credentials-missing\]\n {2}Sign in with:\n {2}aws sso login --profile (new|old)\n$/,
    )
    expect(status).toBe(255)
  })
})

describe('the machine', () => {
  const answer = (members: Readonly<Record<string, string>>) =>
    JSON.stringify({
      ...{ Code: 'Success', SecretAccessKey: 's', Token: 't', ...members },
      Expiration: new Date(Date.now() + 3600_000).toISOString(),
    })

  /** @param pages path -> what is there */
  async function startPages(pages: Readonly<Record<string, string>>) {
    const server = createServer((request, response) => {
      const page = pages[request.url ?? '']
      response.writeHead(page === undefined ? 404 : 200).end(page)
    })
    const listening = await listen(server)
    return { ...listening, url: `http://127.0.0.1:${listening.port}` }
  }

  // A proxy that does not answer stands for all proxies: neither kind of call goes through one.
  const proxies = { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1' }

  it('that is a container gives the keys of its role', async () => {
    await using pages = await startPages({ '/keys': answer({ AccessKeyId: 'ASIATASK' }) })
    using home = makeHome()
    const variables = {
      ...{ ...home.variables, ...proxies, AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: front.url },
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${pages.url}/keys`,
    }
    expect(await runCli(LIST, variables)).toMatchObject({ status: 0, stdout: '[]\n' })
    expect(front.calls).toContainEqual(expect.objectContaining({ key: 'ASIATASK' }))
  })

  it('that is an EC2 instance gives the keys of its role, and the Region', async () => {
    const role = '/latest/meta-data/iam/security-credentials/'
    await using pages = await startPages({
      '/latest/api/token': 'token',
      '/latest/meta-data/placement/region': 'ap-south-1',
      [role]: 'machine',
      [`${role}machine`]: answer({ AccessKeyId: 'ASIAEC2' }),
    })
    using home = makeHome()
    const variables = {
      ...{ ...home.variables, ...proxies, AWS_ENDPOINT_URL: front.url },
      ...{ AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: pages.url },
    }
    const region = { AWS_EC2_METADATA_DISABLED: undefined }
    expect(await runCli(LIST, { ...variables, ...region })).toMatchObject({ status: 0, stdout: '[]\n' })
    expect(front.calls).toContainEqual(expect.objectContaining({ key: 'ASIAEC2', region: 'ap-south-1' }))
    const disabled = { AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'eu-west-1' }
    const { stderr } = await runCli([...LIST, '-q'], { ...variables, ...disabled })
    expect(stderr).toMatch(/^fargate-login: No AWS credentials in the environment/)
  })
})

it('a session of aws login gives keys, and says how to sign in when it has ended', async () => {
  const config = `[profile l]\nregion = eu-west-3\nendpoint_url = ${front.url}\nlogin_session = arn:aws:iam::1:user/al\n`
  using home = makeHome({ '.aws/config': config })
  const args = [...LIST, '-q', '--profile', 'l']
  expect((await runCli(args, home.variables)).stderr).toMatch(
    /^fargate-login: Profile l is not signed in: .*\[credentials-missing\]\n {2}Sign in with:\n {2}aws login --profile l\n$/,
  )
  const name = createHash('sha256').update('arn:aws:iam::1:user/al').digest('hex')
  const expiresAt = new Date(Date.now() + 3600_000).toISOString()
  const accessToken = {
    accessKeyId: 'ASIALOGIN',
    secretAccessKey: 's',
    sessionToken: 't',
    accountId: '1',
    expiresAt,
  }
  const token = {
    accessToken,
    tokenType: 't',
    refreshToken: 'r',
    identityToken: 'i',
    clientId: 'c',
    dpopKey: 'k',
  }
  home.write(`.aws/login/cache/${name}.json`, JSON.stringify(token))
  expect(await runCli(args, home.variables)).toMatchObject({ status: 0 })
  expect(front.calls).toContainEqual(expect.objectContaining({ key: 'ASIALOGIN' }))
})

it('a credential_process that hangs ends with fargate-login', async () => {
  using home = makeHome()
  const pidFile = join(home.path, 'pid')
  home.write('.aws/config', `[profile p]\ncredential_process = echo $$ > ${pidFile}; exec sleep 1000\n`)
  const variables = { ...home.variables, AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: front.url }
  const cli = startCli([...LIST, '--profile', 'p'], variables)
  await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').endsWith('\n'))
  cli.child.kill('SIGINT')
  expect((await cli.finished).status).toBe(130)
  const pid = Number(readFileSync(pidFile, 'utf8'))
  await until(() => !existsSync(`/proc/${pid}`))
})

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20))
}
