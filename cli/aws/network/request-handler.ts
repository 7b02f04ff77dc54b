import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler'
import type { Environment } from '../files/environment.ts'
import type { CaBundle } from './ca-bundle.ts'
import { chooseProxy, type HttpProxy, hasProxy } from './proxy.ts'
import { proxyRefused, proxySilent } from './proxy-error.ts'

// No call may hang. ECS's control plane answers within seconds or not at all.
const CONNECTION_TIMEOUT_MS = 5_000
export const REQUEST_TIMEOUT_MS = 8_000

const TIMEOUTS = {
  connectionTimeout: CONNECTION_TIMEOUT_MS,
  requestTimeout: REQUEST_TIMEOUT_MS,
  throwOnRequestTimeout: true,
}

type Handle = NodeHttpHandler['handle']

export interface Network {
  readonly environment: Environment
  readonly ca: CaBundle | undefined
}

/** Sends the requests of one SDK client. Each client needs its own: destroying a client closes its connections. */
export function makeRequestHandler({ environment, ca }: Network): NodeHttpHandler {
  const options: NodeHttpHandlerOptions = { ...TIMEOUTS, ...(ca && { httpsAgent: { ca: ca.pem } }) }
  return hasProxy(environment) ? new ProxyHandler(options, { environment, ca }) : new NodeHttpHandler(options)
}

/** Chooses a proxy for each request, by its host. */
class ProxyHandler extends NodeHttpHandler {
  readonly #network: Network
  readonly #handlers = new Map<string, Promise<NodeHttpHandler>>()

  constructor(options: NodeHttpHandlerOptions, network: Network) {
    super(options)
    this.#network = network
  }

  override async handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    const { protocol, hostname, port = protocol === 'https:' ? 443 : 80 } = request
    const target = { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port }
    const proxy = chooseProxy(target, this.#network.environment)
    if (!proxy) return await super.handle(request, options)
    const handler = await this.#handlerFor(proxy)
    const result = await handler.handle(request, options).catch((error: Error) => {
      // Only the wait for a connection: an endpoint that is slow to answer is not the proxy's fault.
      throw /without establishing a connection/.test(error.message) ? proxySilent(proxy, error) : error
    })
    const { statusCode: status, reason: text = '' } = result.response
    if (status === 407) throw proxyRefused(proxy, `${target.hostname}:${port}`, { status, text })
    return result
  }

  override destroy(): void {
    super.destroy()
    for (const handler of this.#handlers.values()) void handler.then((one) => one.destroy())
  }

  #handlerFor(proxy: HttpProxy): Promise<NodeHttpHandler> {
    const known = this.#handlers.get(proxy.variable)
    if (known) return known
    const made = import('./proxy-agents.ts').then(
      ({ makeProxyAgents }) =>
        new NodeHttpHandler({ ...TIMEOUTS, ...makeProxyAgents(proxy, this.#network.ca?.pem) }),
    )
    this.#handlers.set(proxy.variable, made)
    return made
  }
}
