import { PassThrough } from 'node:stream'
import type { RemoteExit } from '../../cli/core/exit-status.ts'
import type { Connection, Ports } from '../../cli/session/ports.ts'
import { DEFINITION, RUNNING_TASK } from './values.ts'

/** What a test replaces: the one call that shall go wrong, or answer otherwise. */
export interface FakeCalls {
  callerArn: Ports['sts']['callerArn']
  describeService: Ports['ecs']['describeService']
  describeTaskDefinition: Ports['ecs']['describeTaskDefinition']
  listTaskDefinitions: Ports['ecs']['listTaskDefinitions']
  registerTaskDefinition: Ports['ecs']['registerTaskDefinition']
  runTask: Ports['ecs']['runTask']
  describeTask: Ports['ecs']['describeTask']
  listTasks: Ports['ecs']['listTasks']
  describeTasks: Ports['ecs']['describeTasks']
  stopTask: Ports['ecs']['stopTask']
  instanceId: Ports['ecs']['instanceId']
  publicIp: Ports['ec2']['publicIp']
  instanceAddresses: Ports['ec2']['instanceAddresses']
  connect: Ports['ssh']['connect']
  run: Connection['run']
  /** What the image says that it can. */
  features: readonly string[]
}

/** Ports where everything goes well at once, and `log`, the calls in their order. */
export function fakePorts(replace: Partial<FakeCalls> = {}): {
  readonly ports: Ports
  readonly log: string[]
} {
  const log: string[] = []
  const calls: FakeCalls = {
    callerArn: async () => 'arn:aws:iam::123456789012:user/alice',
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
    instanceAddresses: async () => ({ privateIpv4: '10.0.0.9' }),
    connect: async () => ({
      user: 'app',
      features: new Set(calls.features),
      run: logged('run', calls.run),
      [Symbol.asyncDispose]: async () => void log.push('disconnect'),
    }),
    run: async (): Promise<RemoteExit> => ({ code: 0 }),
    features: ['enter'],
    ...replace,
  }
  function logged<A extends readonly unknown[], R>(name: string, call: (...args: A) => R): (...args: A) => R {
    return (...args) => {
      log.push(name)
      return call(...args)
    }
  }
  const key = (name: string) => ({
    publicKey: `ssh-ed25519 ${name}`,
    privateKey: `secret ${name}`,
    fingerprint: name,
  })
  const ports: Ports = {
    access: {},
    sts: { callerArn: logged('callerArn', calls.callerArn) },
    ecs: {
      describeService: logged('describeService', calls.describeService),
      describeTaskDefinition: logged('describeTaskDefinition', calls.describeTaskDefinition),
      listTaskDefinitions: logged('listTaskDefinitions', calls.listTaskDefinitions),
      registerTaskDefinition: logged('registerTaskDefinition', calls.registerTaskDefinition),
      runTask: logged('runTask', calls.runTask),
      describeTask: logged('describeTask', calls.describeTask),
      listTasks: logged('listTasks', calls.listTasks),
      describeTasks: logged('describeTasks', calls.describeTasks),
      region: async () => 'us-east-1',
      stopTask: logged('stopTask', calls.stopTask),
      instanceId: logged('instanceId', calls.instanceId),
    },
    ec2: {
      publicIp: logged('publicIp', calls.publicIp),
      withPublicIp: async () => new Set(),
      instanceAddresses: logged('instanceAddresses', calls.instanceAddresses),
    },
    ssh: {
      makeKeys: async () => ({ user: key('user'), host: key('host') }),
      connect: logged('connect', calls.connect),
    },
    terminal: {
      stdin: new PassThrough(),
      stdout: new PassThrough(),
      stderr: new PassThrough(),
      interactive: false,
      type: 'xterm',
      locale: {},
      size: () => ({ columns: 80, rows: 24 }),
      onResize: () => () => {},
      enterRawMode: () => ({ [Symbol.dispose]: () => {} }),
    },
    reporter: {
      step: (step, text) => log.push(`${step}: ${text}`),
      done: (step, text) => log.push(`${step} done: ${text}`),
      warn: (text) => log.push(`warning: ${text}`),
      debug: () => {},
    },
    journal: {
      access: {},
      write: async (_, taskArn) => void log.push(`journal: ${taskArn ?? 'intent'}`),
      remove: async () => void log.push('journal: removed'),
      read: async () => [],
      detach: async () => void log.push('journal: detached'),
      keyFile: (session) => `${session}.key`,
      readKey: async () => 'secret user',
    },
    // Waiting takes no time here, only a turn of the event loop, and obeys the signal.
    clock: {
      now: () => performance.now(),
      sleep: async (_, signal) => {
        await new Promise((resolve) => setImmediate(resolve))
        signal.throwIfAborted()
      },
    },
  }
  return { ports, log }
}
