import { makeAws } from './aws/aws.ts'
import { embeddedClients } from './aws/clients.ts'
import { openClients } from './aws/open-clients.ts'
import type { Composition, ProcessContext } from './commands/context.ts'
import type { Config } from './core/config/config.ts'
import type { EmbeddedEcs } from './embed-local-ecs.ts'
import { localFiles } from './files/local-files.ts'
import { effectiveAccess } from './journal/effective-access.ts'
import { makeJournal, NO_JOURNAL } from './journal/journal.ts'
import { journalDirectory } from './journal/state-directory.ts'
import { stockSshPlaces } from './journal/stock-ssh/places.ts'
import { makeStockSsh } from './journal/stock-ssh/stock-ssh.ts'
import { makePrograms } from './programs/run.ts'
import { sockets } from './sockets/sockets.ts'
import { makeSsh } from './ssh/ssh.ts'
import { makeAskCode } from './terminal/ask-code.ts'
import { clock } from './terminal/clock.ts'
import { coloursFor } from './terminal/colour.ts'
import { isSentByTerminal } from './terminal/controlling-terminal.ts'
import { glyphsFor } from './terminal/glyphs.ts'
import { type DisposableReporter, makeReporter } from './terminal/reporter.ts'
import { makeTerminal } from './terminal/terminal.ts'
import { transport } from './transports/transport.ts'

/** The composition root: the real ECS, EC2, STS, SSH and terminal for the requested config. */
export async function compose(
  requested: Config,
  { streams, environment, cancel, divertSignals }: ProcessContext,
): Promise<Composition> {
  const reporter = makeReporter({
    stream: streams.stderr,
    canMove: environment.TERM !== 'dumb',
    colours: coloursFor(streams.stderr, environment),
    glyphs: glyphsFor(environment),
    verbosity: requested.verbosity,
    now: clock.now,
  })
  const embedded = requested.local ? await embed(requested, reporter, cancel) : undefined
  const config = embedded?.config ?? requested
  const access = { ...effectiveAccess(config, environment), ...(embedded && { endsWithUs: true as const }) }
  const directory = journalDirectory(environment)
  const signals = { divert: divertSignals }
  const ending = new AbortController()
  const clients = embedded
    ? embeddedClients(embedded.place)
    : await openClients({
        access: config,
        environment,
        askCode: makeAskCode({ streams, clear: () => reporter[Symbol.dispose](), signal: cancel }),
        signal: ending.signal,
      })
  return {
    config,
    terminal: makeTerminal({ streams, readsStdin: requested.stdin, environment }),
    ports: {
      access,
      ...makeAws(clients, access),
      transport,
      ssh: makeSsh(config.keyType, environment.SSH_AUTH_SOCK),
      sockets,
      programs: makePrograms(environment, signals, isSentByTerminal),
      signals,
      stockSsh: makeStockSsh(stockSshPlaces(environment)),
      journal: embedded ? NO_JOURNAL : makeJournal({ directory, access, reporter, clock }),
      files: localFiles,
      reporter,
      clock,
    },
    signIn: () => clients.signIn(),
    async [Symbol.asyncDispose]() {
      ending.abort()
      await embedded?.[Symbol.asyncDispose]()
      reporter[Symbol.dispose]()
    },
  }
}

async function embed(
  requested: Config,
  reporter: DisposableReporter,
  cancel: AbortSignal,
): Promise<EmbeddedEcs> {
  try {
    const { embedLocalEcs } = await import('./embed-local-ecs.ts')
    return await embedLocalEcs(requested, reporter, cancel)
  } catch (error) {
    reporter[Symbol.dispose]()
    throw error
  }
}
