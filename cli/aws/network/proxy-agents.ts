import type { ClientRequest } from 'node:http'
import type { Socket } from 'node:net'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import type { HttpProxy } from './proxy.ts'
import { proxyRefused, proxySilent } from './proxy-error.ts'

// Loaded only if a variable names a proxy.

export interface ProxyAgents {
  readonly httpAgent: HttpProxyAgent<string>
  readonly httpsAgent: HttpsProxyAgent<string>
}

/** @param ca certificates to trust, of the endpoint and of an `https:` proxy alike */
export function makeProxyAgents(proxy: HttpProxy, ca: string | undefined): ProxyAgents {
  const options = { keepAlive: true, ...(ca !== undefined && { ca }) }
  return {
    httpAgent: new ForwardAgent(proxy, options),
    httpsAgent: new TunnelAgent(proxy, options),
  }
}

type Options = ConstructorParameters<typeof HttpsProxyAgent<string>>[1]
type ConnectOptions = Parameters<HttpsProxyAgent<string>['connect']>[1]

interface ConnectAnswer {
  readonly statusCode: number
  readonly statusText: string
}

/** Tunnels `https:` through CONNECT, and says which proxy failed. */
class TunnelAgent extends HttpsProxyAgent<string> {
  readonly #proxy: HttpProxy
  readonly #tls: Options

  constructor(proxy: HttpProxy, options: Options) {
    super(proxy.url, options)
    this.#proxy = proxy
    this.#tls = options
  }

  override async connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
    let answer: ConnectAnswer | undefined
    request.once('proxyConnect', (given: ConnectAnswer) => {
      answer = given
    })
    const connecting = super.connect(request, { ...this.#tls, ...options } as ConnectOptions)
    const socket = await connecting.catch((error: Error) => {
      throw proxySilent(this.#proxy, error)
    })
    if (!answer || answer.statusCode === 200) return socket
    socket.destroy()
    const { statusCode: status, statusText: text } = answer
    throw proxyRefused(this.#proxy, `${options.host}:${options.port}`, { status, text })
  }
}

/** Sends `http:` requests to the proxy, and says which proxy failed. */
class ForwardAgent extends HttpProxyAgent<string> {
  readonly #proxy: HttpProxy

  constructor(proxy: HttpProxy, options: Options) {
    super(proxy.url, options)
    this.#proxy = proxy
  }

  override async connect(
    ...args: Parameters<HttpProxyAgent<string>['connect']>
  ): ReturnType<HttpProxyAgent<string>['connect']> {
    return await super.connect(...args).catch((error: Error) => {
      throw proxySilent(this.#proxy, error)
    })
  }
}
