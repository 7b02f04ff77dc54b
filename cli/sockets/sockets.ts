import type { Sockets } from '../session/ports/sockets.ts'
import { dial } from './dial.ts'
import { listen } from './listen.ts'

export const sockets: Sockets = { listen, dial }
