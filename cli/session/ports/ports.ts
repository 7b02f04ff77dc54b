import type { AwsAccess } from '../../core/text/paste.ts'
import type { Addresses, Definitions, Identity, Tasks } from './aws.ts'
import type { Clock } from './clock.ts'
import type { Journal } from './journal.ts'
import type { Reporter } from './reporter.ts'
import type { Ssh, Transport } from './ssh.ts'

/**
 * What the flow needs of the outside world. aws/, ssh/, transports/, terminal/ and journal/ implement it, compose.ts
 * puts the real ones together. A function takes the ports that it uses: `Pick<Ports, 'tasks' | 'reporter'>`.
 */
export interface Ports {
  /** How AWS is reached: for commands that the user may paste, and for the journal. */
  readonly access: AwsAccess
  readonly definitions: Definitions
  readonly tasks: Tasks
  readonly addresses: Addresses
  readonly identity: Identity
  readonly transport: Transport
  readonly ssh: Ssh
  readonly journal: Journal
  readonly reporter: Reporter
  readonly clock: Clock
}
