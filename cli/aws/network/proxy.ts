import { FargateLoginError } from '../../core/error.ts'
import type { Environment } from '../files/environment.ts'

/** The proxy for one request. */
export interface HttpProxy {
  /** With user name and password, if it has them. */
  readonly url: URL
  /** For messages, without them: `http://proxy:3128 (HTTPS_PROXY)`. */
  readonly name: string
  readonly variable: string
}

interface Target {
  /** `https:` or `http:`. */
  readonly protocol: string
  /** IPv6 addresses have no brackets. */
  readonly hostname: string
  readonly port: number
}

/** Whether any request could need a proxy. */
export function hasProxy(environment: Environment): boolean {
  return ['https', 'http'].some((scheme) => proxyVariable(scheme, environment) !== undefined)
}

/**
 * Chooses by HTTPS_PROXY, HTTP_PROXY and NO_PROXY as the AWS CLI does. The lower-case variable wins, even if it is empty.
 * Loopback needs no NO_PROXY: no proxy could reach it.
 * @throws FargateLoginError `config-invalid`
 */
export function chooseProxy(target: Target, environment: Environment): HttpProxy | undefined {
  const variable = proxyVariable(target.protocol.replace(':', ''), environment)
  if (variable === undefined || isLoopback(target.hostname) || isExcluded(target, environment))
    return undefined
  const text = environment[variable] ?? ''
  const address = text.includes('://') ? text : `http://${text.replace(/^\/\//, '')}`
  if (!URL.canParse(address) || !/^https?:/i.test(address)) {
    throw new FargateLoginError('config-invalid', `${variable} is not the URL of an HTTP proxy.`, {
      hint: `Set ${variable} to a URL such as http://proxy:3128.`,
    })
  }
  const url = new URL(address)
  return { url, name: `${url.protocol}//${url.host} (${variable})`, variable }
}

function proxyVariable(scheme: string, environment: Environment): string | undefined {
  const name = lowerFirst(`${scheme}_proxy`, environment)
  return environment[name] ? name : undefined
}

function lowerFirst(name: string, environment: Environment): string {
  return environment[name] === undefined ? name.toUpperCase() : name
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|::1)$/i.test(hostname)
}

/** NO_PROXY is `*`, or a list of hosts and domains, each perhaps with a port. A domain includes its subdomains. */
function isExcluded({ hostname, port }: Target, environment: Environment): boolean {
  const list = environment[lowerFirst('no_proxy', environment)] ?? ''
  if (list.trim() === '*') return true
  const host = hostname.toLowerCase()
  return list.split(',').some((entry) => {
    const name = entry
      .trim()
      .toLowerCase()
      .replace(/^\*?\./, '')
    return name !== '' && [host, `${host}:${port}`].some((one) => one === name || one.endsWith(`.${name}`))
  })
}
