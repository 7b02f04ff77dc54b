import { describe, expect, it } from 'vitest'
import { chooseProxy } from '../../cli/aws/network/proxy.ts'

const PROXY = { HTTPS_PROXY: 'http://proxy:3128' }

function proxyFor(hostname: string, environment: Readonly<Record<string, string>>, port = 443) {
  return chooseProxy({ protocol: 'https:', hostname, port }, environment)?.name
}

describe('the proxy for a host', () => {
  it.each([
    ['the variable of the scheme', PROXY, 'http://proxy:3128 (HTTPS_PROXY)'],
    [
      'the lower-case variable first',
      { ...PROXY, https_proxy: 'http://other' },
      'http://other (https_proxy)',
    ],
    ['none if the lower-case variable is empty', { ...PROXY, https_proxy: '' }, undefined],
    ['none for the variable of another scheme', { HTTP_PROXY: 'http://proxy' }, undefined],
    ['none for ALL_PROXY, which the AWS CLI does not take', { ALL_PROXY: 'http://proxy' }, undefined],
    ['one without a scheme', { HTTPS_PROXY: 'proxy:3128' }, 'http://proxy:3128 (HTTPS_PROXY)'],
    ['one without its password', { HTTPS_PROXY: 'https://al:pw@proxy' }, 'https://proxy (HTTPS_PROXY)'],
  ])('is %s', (_, environment, name) => {
    expect(proxyFor('ecs.eu-west-1.amazonaws.com', environment)).toBe(name)
  })

  // As Python's urllib, and so the AWS CLI, reads NO_PROXY.
  it.each([
    ['*', 'ecs.eu-west-1.amazonaws.com', false],
    ['amazonaws.com', 'ecs.eu-west-1.amazonaws.com', false],
    ['.amazonaws.com', 'ecs.eu-west-1.amazonaws.com', false],
    ['*.amazonaws.com', 'ecs.eu-west-1.amazonaws.com', false],
    [' other , AmazonAWS.com ', 'ecs.eu-west-1.amazonaws.com', false],
    ['aws.com', 'ecs.eu-west-1.amazonaws.com', true],
    ['ecs.eu-west-1.amazonaws.com:443', 'ecs.eu-west-1.amazonaws.com', false],
    ['ecs.eu-west-1.amazonaws.com:8443', 'ecs.eu-west-1.amazonaws.com', true],
    ['', 'ecs.eu-west-1.amazonaws.com', true],
    [',', 'ecs.eu-west-1.amazonaws.com', true],
    ['10.0.0.7', '10.0.0.7', false],
  ])('with NO_PROXY=%s is for %s: %s', (list, host, proxied) => {
    expect(proxyFor(host, { ...PROXY, NO_PROXY: list }) !== undefined).toBe(proxied)
  })

  it('obeys the lower-case no_proxy first', () => {
    expect(proxyFor('a.test', { ...PROXY, NO_PROXY: 'a.test', no_proxy: 'b.test' })).toBeDefined()
    expect(proxyFor('a.test', { ...PROXY, no_proxy: 'a.test' })).toBeUndefined()
  })

  it.each(['localhost', '127.0.0.1', '127.3.2.1', '::1', 'ecs.localhost'])('is none for %s', (host) => {
    expect(proxyFor(host, PROXY)).toBeUndefined()
  })

  it.each(['127.example.com', 'localhost.example.com'])('is there for %s', (host) => {
    expect(proxyFor(host, PROXY)).toBeDefined()
  })
})
