import { PassThrough } from 'node:stream'
import { localFiles } from '../../cli/files/local-files.ts'
import type { Addresses, Definitions, Identity, Tasks } from '../../cli/session/ports/aws.ts'
import type { Journal } from '../../cli/session/ports/journal.ts'
import type { Ports } from '../../cli/session/ports/ports.ts'
import type { Feature, KeyPair, Ssh } from '../../cli/session/ports/ssh.ts'
import { type FakeProgram, fakeConnection } from './fake-connection.ts'
import { DEFINITION, RUNNING_TASK } from './values.ts'

type Aws = Definitions & Tasks & Addresses & Identity

/** What a test replaces: the one call that goes wrong, or answers otherwise. */
export interface FakeCalls extends Aws {
  readonly connect: Ssh['connect']
  readonly run: FakeProgram
  /** What the image says that it can. */
  readonly features: readonly Feature[]
}

/** AWS where everything goes well at once. */
const AWS: Aws = {
  callerArn: async () => 'arn:aws:iam::123456789012:user/alice',
  region: async () => 'us-east-1',
  describeService: async () => ({ taskDefinition: DEFINITION.arn }),
  describeTaskDefinition: async () => DEFINITION,
  listTaskDefinitions: async () => [],
  registerTaskDefinition: async () => `${DEFINITION.arn}-derived`,
  runTask: async () => ({ ...RUNNING_TASK, lastStatus: 'PROVISIONING', networkInterface: {} }),
  describeTask: async () => RUNNING_TASK,
  listTasks: async () => [],
  describeTasks: async () => [],
  stopTask: async () => {},
  instanceId: async () => 'i-1',
  publicIp: async () => '203.0.113.9',
  withPublicIp: async () => new Set(),
  instanceAddresses: async () => ({ privateIpv4: '10.0.0.9' }),
}

/** Ports where everything goes well at once, and `log`, the calls in their order. */
export function fakePorts(replace: Partial<FakeCalls> = {}): {
  readonly ports: Ports
  readonly log: string[]
} {
  const { connect, run = async () => ({ code: 0 }), features = ['enter'], ...calls } = replace
  const log: string[] = []
  const aws = logged({ ...AWS, ...calls }, log)
  const program: FakeProgram = (...args) => {
    log.push('run')
    return run(...args)
  }
  const connected = async () => ({
    ...fakeConnection(program, features),
    [Symbol.asyncDispose]: async () => void log.push('disconnect'),
  })
  const ports: Ports = {
    access: {},
    definitions: aws,
    tasks: aws,
    addresses: aws,
    identity: aws,
    signals: { divert: () => ({ [Symbol.dispose]: () => {} }) },
    stockSsh: {
      userKey: async (fresh) => fresh,
      files: () => ({ keyFile: 'id', knownHostsFile: 'known_hosts' }),
      write: async () => {},
      install: async () => 'ssh_config',
      uninstall: async () => [],
    },
    programs: { run: async () => ({ code: 0 }) },
    sockets: {
      listen: () => Promise.reject(new Error('Nothing listens here.')),
      dial: () => Promise.reject(new Error('Nothing is dialled here.')),
    },
    transport: { dial: async () => new PassThrough() },
    ssh: {
      ...logged({ connect: connect ?? connected }, log),
      checkKey: () => 'SHA256:user',
      makeKeys: async () => ({ user: fakeKey('user'), host: fakeKey('host') }),
    },
    journal: fakeJournal(log),
    files: localFiles,
    reporter: {
      step: (step, text) => log.push(`${step}: ${text}`),
      note: (text, ...commands) => log.push(`note: ${[text, ...commands].join('\n')}`),
      done: (step, text) => log.push(`${step} done: ${text}`),
      progress: () => {},
      problem: (text) => log.push(`problem: ${text}`),
      warn: (text, ...commands) => log.push(`warning: ${[text, ...commands].join('\n')}`),
      debug: () => {},
    },
    clock: {
      now: () => performance.now(),
      wallNow: () => new Date(),
      // Waiting takes no time here, only a turn of the event loop, and obeys the signal.
      sleep: async (_, signal) => {
        await new Promise((resolve) => setImmediate(resolve))
        signal.throwIfAborted()
      },
    },
  }
  return { ports, log }
}

function fakeJournal(log: string[]): Journal {
  return {
    write: async (_, taskArn) => void log.push(`journal: ${taskArn ?? 'intent'}`),
    giveUp: async (_, unconfirmed) => void log.push(`journal: ${unconfirmed} unconfirmed`),
    remove: async () => void log.push('journal: removed'),
    read: async () => [],
    detach: async () => void log.push('journal: detached'),
    keep: async () => void log.push('journal: kept'),
    keepUntil: async () => {},
    lock: async () => ({ [Symbol.asyncDispose]: async () => {} }),
    checkWritable: async () => {},
    keyFile: (session) => `${session}.key`,
    hasKey: async () => true,
    readKey: async () => 'secret user',
  }
}

function fakeKey(name: string): KeyPair {
  return { publicKey: `ssh-ed25519 ${name}`, privateKey: `secret ${name}`, fingerprint: name }
}

/** The same calls. Each tells the log its name. */
function logged<T extends object>(calls: T, log: string[]): T {
  const wrapped = Object.entries(calls).map(([name, call]) => [
    name,
    (...args: readonly unknown[]) => {
      log.push(name)
      return call(...args)
    },
  ])
  return Object.fromEntries(wrapped) as T
}
