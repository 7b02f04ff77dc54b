import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callAws, callError } from '../helpers/aws/call.ts'
import { makeCertificates, type TestCertificates } from '../helpers/aws/certificate.ts'
import { type Front, startFront } from '../helpers/aws/front.ts'
import { makeHome, type TestHome } from '../helpers/aws/home.ts'
import { type ProxyOptions, startProxy } from '../helpers/aws/proxy.ts'
import type { Variables } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-central-1' }
let ecs: TestEcs
let certificates: TestCertificates
let tls: Front
let plain: Front
let home: TestHome
let ca: string

beforeAll(async () => {
  ecs = await startEcs()
  certificates = makeCertificates(['*.eu-central-1.amazonaws.com', '127.0.0.1'])
  tls = await startFront(ecs.ecs.endpointUrl, certificates)
  plain = await startFront(ecs.ecs.endpointUrl)
  home = makeHome()
  ca = home.write('ca.pem', certificates.ca)
})
afterAll(async () => {
  home[Symbol.dispose]()
  for (const one of [tls, plain, ecs]) await one[Symbol.asyncDispose]()
})

function all(variables: Variables): Variables {
  return { ...home.variables, ...KEYS, ...variables }
}

describe('through a proxy', () => {
  /**
   * Calls AWS's own endpoints, which the proxy takes to the TLS front.
   * @returns the proxy's log
   */
  async function throughProxy(options: Partial<ProxyOptions>, variables: (address: string) => Variables) {
    await using proxy = await startProxy({ port: tls.port, ...options })
    await callAws(all({ AWS_CA_BUNDLE: ca, ...variables(`127.0.0.1:${proxy.port}`) }))
    return proxy.log
  }

  async function proxyError(options: Partial<ProxyOptions>, variables: (address: string) => Variables) {
    await using proxy = await startProxy({ port: tls.port, ...options })
    return await callError(all({ AWS_CA_BUNDLE: ca, ...variables(`127.0.0.1:${proxy.port}`) }))
  }

  it.each(['HTTPS_PROXY', 'https_proxy'])('goes every call to AWS, with %s', async (name) => {
    const log = await throughProxy({}, (address) => ({ [name]: `http://${address}` }))
    expect(log).toContain('CONNECT ecs.eu-central-1.amazonaws.com:443')
    expect(log).toContain('CONNECT sts.eu-central-1.amazonaws.com:443')
  })

  it('goes a call for which the proxy wants a password', async () => {
    const login = 'al:p@ss word'
    const log = await throughProxy({ login }, (address) => ({
      HTTPS_PROXY: `http://al:p%40ss%20word@${address}`,
    }))
    expect(log).not.toEqual([])
  })

  it('goes the call for a role', async () => {
    const config =
      '[profile web]\nregion=eu-central-1\nrole_arn=arn:aws:iam::123456789012:role/web\nsource_profile=base\n'
    using own = makeHome({
      '.aws/config': config,
      '.aws/credentials': '[base]\naws_access_key_id=AKIABASE\naws_secret_access_key=s\n',
    })
    const log = await throughProxy({}, (address) => ({
      ...own.variables,
      HTTPS_PROXY: address,
      AWS_PROFILE: 'web',
      ...{ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_REGION: undefined },
    }))
    expect(log).toContain('CONNECT sts.eu-central-1.amazonaws.com:443')
    expect(tls.calls).toContainEqual(expect.objectContaining({ service: 'sts', key: 'AKIABASE' }))
    expect(tls.calls).toContainEqual(expect.objectContaining({ service: 'ecs', key: 'ASIAWEB' }))
  })

  it('goes a call without TLS, with HTTP_PROXY', async () => {
    const log = await throughProxy({ port: plain.port }, (address) => ({
      HTTP_PROXY: `http://${address}`,
      AWS_ENDPOINT_URL: 'http://aws.test:4566',
    }))
    expect(log).toContain('POST http://aws.test:4566/')
  })

  it('goes no call to loopback', async () => {
    const proxies = { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1' }
    const endpoint = { AWS_ENDPOINT_URL: ecs.ecs.endpointUrl }
    expect(await callAws(all({ ...proxies, ...endpoint }))).toMatch(/^arn:/)
  })

  it('the proxy that asks for a password is named, and no secret', async () => {
    const shown = await proxyError({ login: 'al:right' }, (address) => ({
      HTTPS_PROXY: `http://al:wrong@${address}`,
    }))
    expect(shown).toEqual({
      message: expect.stringMatching(
        /^The proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\) refuses your password: 407 Proxy Auth/,
      ),
      code: 'aws-unreachable',
      hint: expect.stringMatching(/^Set HTTPS_PROXY=http:\/\/USER:PASSWORD@127\.0\.0\.1:/),
    })
    expect(JSON.stringify(shown)).not.toContain('wrong')
  })

  it('the proxy that asks for a password is told so', async () => {
    const { message } = await proxyError({ login: 'al:right' }, (address) => ({ HTTPS_PROXY: address }))
    expect(message).toContain('asks for a user name and a password: 407')
  })

  it('the proxy that does not connect is named', async () => {
    const { message, hint } = await proxyError({ refusal: '403 Forbidden' }, (address) => ({
      https_proxy: `http://${address}`,
    }))
    expect(message).toMatch(/\(https_proxy\) does not connect to \w+\.eu-central-1.*:443: 403 Forbidden$/)
    expect(hint).toContain('NO_PROXY')
  })

  it('the proxy that does not answer is named', async () => {
    expect(await callError(all({ HTTPS_PROXY: 'http://127.0.0.1:1' }))).toEqual({
      message: 'The proxy http://127.0.0.1:1 (HTTPS_PROXY) does not answer: connect ECONNREFUSED 127.0.0.1:1',
      code: 'aws-unreachable',
      hint: expect.stringContaining('Check HTTPS_PROXY'),
    })
  })

  it('a proxy of another kind is refused', async () => {
    expect(await callError(all({ HTTPS_PROXY: 'socks5://u:secret@127.0.0.1:1080' }))).toMatchObject({
      message: 'HTTPS_PROXY is not the URL of an HTTP proxy.',
      code: 'config-invalid',
    })
  })
})

describe('an endpoint with a certificate of its own', () => {
  const toTls = (variables: Variables) => all({ AWS_ENDPOINT_URL: tls.url, ...variables })

  it.each(['AWS_CA_BUNDLE', 'REQUESTS_CA_BUNDLE'])('is trusted with %s', async (name) => {
    expect(await callAws(toTls({ [name]: ca }))).toMatch(/^arn:/)
  })

  it('is trusted with NODE_EXTRA_CA_CERTS next to a bundle', async () => {
    const other = home.write('one.pem', makeCertificates(['other']).ca)
    const both = { AWS_CA_BUNDLE: other, NODE_EXTRA_CA_CERTS: ca }
    expect(await callAws(toTls(both))).toMatch(/^arn:/)
  })

  it('is trusted with ca_bundle of the profile', async () => {
    using own = makeHome({ '.aws/config': `[profile web]\nca_bundle = ${ca}\n` })
    expect(await callAws(toTls({ ...own.variables, AWS_PROFILE: 'web' }))).toMatch(/^arn:/)
  })

  it('is not trusted without, and the error says what to set', async () => {
    expect(await callError(toTls({}))).toEqual({
      message: expect.stringMatching(/certificate/),
      code: 'aws-unreachable',
      hint: expect.stringContaining('Set AWS_CA_BUNDLE'),
    })
  })

  it('is not trusted with another bundle, and the error names that one', async () => {
    const other = home.write('other.pem', makeCertificates(['other']).ca)
    const { hint } = await callError(toTls({ AWS_CA_BUNDLE: other }))
    expect(hint).toBe(
      `The CA bundle ${other} (AWS_CA_BUNDLE) replaces the usual certificates, and lacks the one that signed this. Add it there.`,
    )
  })

  it.each([
    ['is missing', () => '/nonexistent/ca.pem', /^AWS_CA_BUNDLE: the CA bundle \/nonexistent.*ENOENT/],
    ['is a folder', () => home.path, /is unusable: EISDIR/],
    ['is no PEM', () => home.write('none.pem', 'hello'), /it has no certificate in PEM format/],
    ['is damaged', () => home.write('bad.pem', DAMAGED), /its certificate 1 of 1 is damaged/],
  ])('has a bundle that %s: an error', async (_, file, message) => {
    const shown = await callError(toTls({ AWS_CA_BUNDLE: file() }))
    expect(shown).toMatchObject({ message: expect.stringMatching(message), code: 'config-invalid' })
  })
})

const DAMAGED = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
