import type { Transport } from '../session/ports/ssh.ts'
import { dialTcp } from './tcp.ts'

/** Dials each route with the transport of its kind. */
export const transport: Transport = {
  dial(route, timeoutMs, signal) {
    switch (route.kind) {
      case 'tcp':
        return dialTcp(route, timeoutMs, signal)
    }
  },
}
