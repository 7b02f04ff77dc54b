import type { AwsAccess } from '../../core/text/paste.ts'
import type { Addresses, Definitions, Identity, Tasks } from './aws.ts'
import type { Clock } from './clock.ts'
import type { Files } from './files.ts'
import type { Journal } from './journal.ts'
import type { Programs } from './programs.ts'
import type { Reporter } from './reporter.ts'
import type { Signals } from './signals.ts'
import type { Sockets } from './sockets.ts'
import type { Ssh, Transport } from './ssh.ts'
import type { StockSsh } from './stock-ssh.ts'

/**
 * Everything that the flow needs from outside. aws/, ssh/, transports/, terminal/ and journal/ implement it; compose.ts
 * assembles the real ones. A function declares the ports that it uses: `Pick<Ports, 'tasks' | 'reporter'>`.
 */
export interface Ports {
  /** How the user reaches AWS, for commands to paste and for the journal. */
  readonly access: AwsAccess
  readonly definitions: Definitions
  readonly tasks: Tasks
  readonly addresses: Addresses
  readonly identity: Identity
  readonly transport: Transport
  readonly ssh: Ssh
  readonly sockets: Sockets
  readonly programs: Programs
  readonly signals: Signals
  readonly stockSsh: StockSsh
  readonly journal: Journal
  readonly files: Files
  readonly reporter: Reporter
  readonly clock: Clock
}
