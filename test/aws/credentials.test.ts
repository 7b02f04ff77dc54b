import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callAws, callError } from '../helpers/aws/call.ts'
import { type FrontCall, startFront } from '../helpers/aws/front.ts'
import { makeHome } from '../helpers/aws/home.ts'
import type { Variables } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

const BASE = '[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = secret\n'
const ENV_KEYS = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'secret' }
const ROLE = 'role_arn = arn:aws:iam::123456789012:role/'
let ecs: TestEcs

beforeAll(async () => {
  ecs = await startEcs()
})
beforeEach(() => ecs.ecs.faults.clear())
afterAll(() => ecs[Symbol.asyncDispose]())

interface Given {
  readonly config?: string
  readonly credentials?: string
  readonly variables?: Variables
  readonly profile?: string
  readonly code?: string
}

/** The keys that the endpoint sees, by service, and the prompts. */
async function call({ config = '', credentials = BASE, variables = {}, profile, code }: Given) {
  await using front = await startFront(ecs.ecs.endpointUrl)
  using home = makeHome({ '.aws/config': config, '.aws/credentials': credentials })
  const prompts: string[] = []
  const askCode = async ({ mfaSerial }: { readonly mfaSerial: string }) => {
    prompts.push(mfaSerial)
    return code ?? ''
  }
  const environment = {
    ...home.variables,
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: front.url,
    ...variables,
  }
  const access = profile === undefined ? {} : { profile }
  await callAws(environment, access, askCode)
  return { ecs: keyOf(front.calls, 'ecs'), sts: front.calls.map(({ key }) => key), prompts }
}

function keyOf(calls: readonly FrontCall[], service: string): string | undefined {
  return calls.find((one) => one.service === service)?.key
}

async function failure({ config = '', credentials = BASE, variables = {}, profile }: Given) {
  using home = makeHome({ '.aws/config': config, '.aws/credentials': credentials })
  const environment = {
    ...home.variables,
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: ecs.ecs.endpointUrl,
    ...variables,
  }
  return await callError(environment, profile === undefined ? {} : { profile })
}

describe('credentials are', () => {
  it.each<[string, Given, string]>([
    ['the keys of the environment', { variables: ENV_KEYS }, 'AKIAENV'],
    ['the keys of the default profile', { credentials: BASE.replace('base', 'default') }, 'AKIABASE'],
    ['the keys of the profile', { profile: 'base', variables: ENV_KEYS }, 'AKIABASE'],
    // As in the AWS CLI: https://github.com/boto/botocore, create_credential_resolver
    [
      'the keys of the environment before AWS_PROFILE',
      { variables: { ...ENV_KEYS, AWS_PROFILE: 'base' } },
      'AKIAENV',
    ],
    [
      'the keys in the config file',
      { config: BASE.replace('base', 'profile own'), profile: 'own' },
      'AKIABASE',
    ],
    [
      'of a role',
      { config: `[profile web]\n${ROLE}web\nsource_profile = base\n`, profile: 'web' },
      'ASIAWEB',
    ],
    [
      'of a role with its own keys',
      { config: `[profile base]\n${ROLE}web\nsource_profile = base\n`, profile: 'base' },
      'ASIAWEB',
    ],
    [
      'of the last role of a chain',
      {
        config: `[profile a]\n${ROLE}a\nsource_profile = b\n[profile b]\n${ROLE}b\nsource_profile = base\n`,
        profile: 'a',
      },
      'ASIAA',
    ],
    [
      'of a role, with the keys of the environment',
      {
        config: `[profile web]\n${ROLE}web\ncredential_source = Environment\n`,
        profile: 'web',
        variables: ENV_KEYS,
      },
      'ASIAWEB',
    ],
    [
      'of a credential_process',
      {
        config: `[profile p]\ncredential_process = ${echo({ AccessKeyId: 'AKIAPROC' })} ; : '#'\n`,
        profile: 'p',
      },
      'AKIAPROC',
    ],
    [
      'of a role with a credential_process',
      {
        config: `[profile p]\ncredential_process = ${echo({ AccessKeyId: 'AKIAPROC' })}\n[profile r]\n${ROLE}r\nsource_profile = p\n`,
        profile: 'r',
      },
      'ASIAR',
    ],
  ])('%s', async (_, given, key) => {
    expect((await call(given)).ecs).toBe(key)
  })

  it('of a token file, in the environment or in the profile', async () => {
    using home = makeHome()
    const tokenFile = home.write('token', 'a.b.c\n')
    const variables = {
      AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/pod',
    }
    expect(await call({ variables })).toMatchObject({ ecs: 'ASIAPOD' })
    const config = `[profile ci]\n${ROLE}ci\nweb_identity_token_file = ${tokenFile}\n`
    expect(await call({ config, profile: 'ci' })).toMatchObject({ ecs: 'ASIACI' })
  })

  it('fetched once for all clients', async () => {
    using home = makeHome()
    const log = join(home.path, 'log')
    const config = `[profile p]\ncredential_process = echo ran >> ${log}; ${echo({ AccessKeyId: 'AKIAPROC' })}\n`
    await call({ config, profile: 'p' })
    expect(readFileSync(log, 'utf8')).toBe('ran\n')
  })
})

describe('a role with an MFA device', () => {
  const config = `[profile web]\n${ROLE}web\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/al\n`

  it('gets the code, asked for once', async () => {
    expect(await call({ config, profile: 'web', code: '123456' })).toMatchObject({
      ecs: 'ASIAWEB',
      prompts: ['arn:aws:iam::123456789012:mfa/al'],
    })
  })

  it('with a wrong code is refused, and the hint is about the code', async () => {
    await expect(call({ config, profile: 'web', code: '000000' })).rejects.toMatchObject({
      code: 'aws-refused',
      message: expect.stringContaining('sts:AssumeRole: AccessDenied: MultiFactorAuthentication failed'),
      hint: expect.stringContaining('Check mfa_serial of profile web, and the code'),
    })
  })

  it('needs no code again while its credentials last, and nobody else can read them', async () => {
    using home = makeHome({ '.aws/config': config, '.aws/credentials': BASE })
    const environment = { ...home.variables, AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: ecs.ecs.endpointUrl }
    const access = { profile: 'web' }
    await callAws(environment, access, async () => '123456')
    await callAws(environment, access, () => expect.fail('asked again'))
    const folder = join(home.path, '.aws/cli/cache')
    // The name that botocore gives the same request: the SHA-1 of its sorted JSON.
    expect(readdirSync(folder)).toEqual(['5203acae86741dee55963d7a504d2e7a6b4f1331.json'])
    for (const path of readdirSync(folder)) expect(statSync(join(folder, path)).mode & 0o777).toBe(0o600)
  })
})

describe('credentials that cannot be had', () => {
  it.each<[string, Given, string, string]>([
    [
      'nothing has any',
      { credentials: '' },
      'No AWS credentials in the environment, nor in ~/.aws/config or ~/.aws/credentials.',
      'Set AWS_PROFILE or --profile',
    ],
    [
      'the profile has none',
      { config: '[profile web]\nregion = eu-west-1\n', variables: { AWS_PROFILE: 'web' } },
      'Profile web in ~/.aws/config or ~/.aws/credentials has no credentials.',
      'Add keys, role_arn, sso_session or credential_process to it',
    ],
    [
      'AWS_PROFILE does not exist, though there are keys',
      { variables: { ...ENV_KEYS, AWS_PROFILE: 'bsae' } },
      'Profile bsae (AWS_PROFILE) is not in ~/.aws/config or ~/.aws/credentials.',
      'Did you mean base?',
    ],
    [
      'the section lacks the word profile',
      { config: '[web]\nregion = eu-west-1\n', profile: 'web' },
      'Profile web is not in ~/.aws/config or ~/.aws/credentials.',
      'The config file has [web]. It must be [profile web].',
    ],
    [
      'half of the keys is missing',
      { variables: { AWS_ACCESS_KEY_ID: 'A' } },
      'AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not.',
      'Set both',
    ],
    [
      'half of the keys is missing in the profile',
      { credentials: '[base]\naws_access_key_id = A\n', profile: 'base' },
      'Profile base has aws_access_key_id, but not aws_secret_access_key.',
      'Add aws_secret_access_key to profile base.',
    ],
    [
      'a source_profile is misspelt',
      { config: `[profile web]\n${ROLE}web\nsource_profile = bass\n`, profile: 'web' },
      'Profile bass, the source_profile of profile web, is not in ~/.aws/config or ~/.aws/credentials.',
      'Did you mean base?',
    ],
    [
      'source_profile goes round',
      {
        config: `[profile a]\n${ROLE}a\nsource_profile = b\n[profile b]\n${ROLE}b\nsource_profile = a\n`,
        profile: 'a',
      },
      'The source_profile settings go round in a circle: a -> b -> a.',
      'needs credentials of its own',
    ],
    [
      'a role names no source',
      { config: `[profile web]\n${ROLE}web\n`, profile: 'web' },
      'Profile web has role_arn, but says nothing about the credentials to assume it with.',
      'Add source_profile or credential_source',
    ],
    [
      'the credential_process fails',
      { config: '[profile p]\ncredential_process = echo "vault is sealed" >&2; exit 3\n', profile: 'p' },
      'The credential_process of profile p ended with status 3: vault is sealed',
      'Try it by hand:\necho "vault',
    ],
    [
      'the credential_process does not exist',
      { config: '[profile p]\ncredential_process = /nonexistent/tool\n', profile: 'p' },
      'The credential_process of profile p ended with status 127: ',
      'Try it by hand',
    ],
    [
      'the credential_process prints no JSON',
      { config: '[profile p]\ncredential_process = echo hello\n', profile: 'p' },
      'The credential_process of profile p printed something other than JSON',
      'Try it by hand',
    ],
    [
      'the credential_process prints old keys',
      {
        config: `[profile p]\ncredential_process = ${echo({ Expiration: '2020-01-01T00:00:00Z' })}\n`,
        profile: 'p',
      },
      'The credential_process of profile p printed keys that have expired (2020-01-01T00:00:00Z)',
      'Try it by hand',
    ],
    [
      'the token file is missing',
      { variables: { AWS_WEB_IDENTITY_TOKEN_FILE: '/nonexistent', AWS_ROLE_ARN: 'arn:aws:iam::1:role/r' } },
      'AWS_WEB_IDENTITY_TOKEN_FILE: the token cannot be read: ENOENT',
      'Correct AWS_WEB_IDENTITY_TOKEN_FILE.',
    ],
    [
      'the sso_session is missing',
      {
        config: '[profile s]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = dev\n',
        profile: 's',
      },
      'Profile s names sso_session corp, but there is no section [sso-session corp].',
      'aws configure sso --profile s',
    ],
  ])('because %s', async (_, given, message, hint) => {
    expect(await failure(given)).toEqual({
      message: expect.stringContaining(message),
      code: 'credentials-missing',
      hint: expect.stringContaining(hint),
    })
  })

  it('because STS refuses the role: the hint is about the role', async () => {
    const message = 'User: x is not authorized to perform: sts:AssumeRole on resource: y'
    ecs.ecs.faults.add({ operation: 'AssumeRole', error: 'AccessDenied', message })
    const config = `[profile web]\n${ROLE}web\nsource_profile = base\n`
    expect(await failure({ config, profile: 'web' })).toMatchObject({
      message: expect.stringContaining('sts:AssumeRole: AccessDenied'),
      hint: 'Profile web needs permission for sts:AssumeRole, and the trust policy of arn:aws:iam::123456789012:role/web must allow the caller.',
    })
  })
})

describe('credentials that AWS does not take', () => {
  it.each<[string, Given, string]>([
    [
      'in the environment',
      { variables: ENV_KEYS },
      'The keys come from AWS_ACCESS_KEY_ID in the environment.',
    ],
    ['in a profile', { profile: 'base' }, 'The keys come from profile base.'],
  ])('%s are named by their place', async (_, given, hint) => {
    ecs.ecs.faults.add({ operation: 'ListTasks', error: 'ExpiredTokenException' })
    expect(await failure(given)).toMatchObject({ code: 'aws-refused', hint: expect.stringContaining(hint) })
  })
})

/** A shell command that prints what a credential_process prints. */
function echo(members: Readonly<Record<string, string>>): string {
  return `echo '${JSON.stringify({ Version: 1, AccessKeyId: 'A', SecretAccessKey: 's', ...members })}'`
}
