import type { Address } from '../core/address.ts'
import type { AwsAccess } from '../core/aws-command.ts'
import type { TaskDefinitionDocument } from '../core/definition-document.ts'
import type { RemoteExit } from '../core/exit-status.ts'
import type { SshPlan } from '../core/plan.ts'
import type { RemoteRequest } from '../core/remote-request.ts'
import type { RunTaskRequest } from '../core/run-task-request.ts'
import type { TaskSnapshot } from '../core/task.ts'
import type { Service, TaskDefinition } from '../core/task-definition.ts'

// What the flow needs of the outside world, in its own words. aws/, ssh/ and terminal/ implement it; compose.ts
// puts the real ones together; a fake for a test is a 15-line object.
//
// Every adapter throws FargateLoginError. AWS trouble that may pass (throttling, 5xx, network) has the code
// `aws-unreachable`; a connection that may come up yet has `connection-refused` or `connection-silent`.

export interface Ecs {
  describeService(cluster: string, service: string, signal: AbortSignal): Promise<Service>
  describeTaskDefinition(name: string, signal: AbortSignal): Promise<TaskDefinition>
  /** ARNs of the active revisions of a family, the newest first, a page at most. */
  listTaskDefinitions(family: string, signal: AbortSignal): Promise<readonly string[]>
  /** @returns the ARN of the new revision */
  registerTaskDefinition(document: TaskDefinitionDocument, signal: AbortSignal): Promise<string>
  /** @param giveUp not the user's cancel: once the request is on its way only its answer tells which task to stop */
  runTask(request: RunTaskRequest, giveUp: AbortSignal): Promise<TaskSnapshot>
  /** `undefined`: ECS does not know the task (yet, or any more). */
  describeTask(cluster: string, arn: string, signal: AbortSignal): Promise<TaskSnapshot | undefined>
  stopTask(cluster: string, arn: string, reason: string, signal: AbortSignal): Promise<void>
  /** ARNs of the tasks with this `startedBy` that are not to stop. */
  startedTasks(cluster: string, startedBy: string, signal: AbortSignal): Promise<readonly string[]>
  /** The EC2 instance under a container instance. */
  instanceId(cluster: string, containerInstanceArn: string, signal: AbortSignal): Promise<string>
}

export interface Ec2 {
  /** The public IPv4 address associated with an ENI; `null` while or where there is none. */
  publicIp(networkInterfaceId: string, signal: AbortSignal): Promise<string | null>
  instanceAddresses(instanceId: string, signal: AbortSignal): Promise<InstanceAddresses>
}

export interface InstanceAddresses {
  readonly privateIpv4?: string
  readonly publicIpv4?: string
}

export interface Sts {
  /** ARN of whoever calls. */
  callerArn(signal: AbortSignal): Promise<string>
}

export interface Ssh {
  makeKeys(): Promise<Keys>
  /** One attempt: TCP, banner, verified host key, authentication. */
  connect(attempt: ConnectAttempt, signal: AbortSignal): Promise<Connection>
}

/** The one-time pairs of a login. Private halves live in memory only. */
export interface Keys {
  readonly user: KeyPair
  readonly host: KeyPair
}

export interface KeyPair {
  /** One authorized_keys line, without comment. */
  readonly publicKey: string
  /** OpenSSH form. */
  readonly privateKey: string
  /** `SHA256:…`, as ssh-keygen -l prints it. */
  readonly fingerprint: string
}

export interface ConnectAttempt {
  readonly address: Address
  readonly ssh: SshPlan
  readonly keys: Keys
  /** Milliseconds for TCP to answer. */
  readonly tcpTimeout: number
}

/** An SSH connection whose host key has been verified. */
export interface Connection extends AsyncDisposable {
  readonly user: string
  /** Runs one session to its end; rejects with `connection-lost` when the peer goes away first. */
  run(request: RemoteRequest, terminal: Terminal, signal: AbortSignal): Promise<RemoteExit>
}

/** The user's end: three streams, and what a PTY needs to know. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
  /** TERM, `xterm-256color` where there is none. */
  readonly type: string
  size(): TerminalSize
  /** @returns a function that stops listening */
  onResize(listener: (size: TerminalSize) => void): () => void
  /** Every byte through, no echo; disposing restores what was. A no-op where stdin is no terminal. */
  enterRawMode(): Disposable
  /** LANG and LC_*, which the far end may take for a PTY. */
  readonly locale: Readonly<Record<string, string>>
}

export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}

/** The steps that progress lines name; also folders, docs and test folders. */
export type Step = 'config' | 'plan' | 'task' | 'address' | 'connection' | 'session' | 'stop'

export interface Reporter {
  /** A step begins, or moves on to another state. */
  step(step: Step, text: string): void
  /** A step ended well. */
  done(step: Step, text: string): void
  warn(text: string): void
  /** Only with --verbose. */
  debug(text: string): void
}

export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number
  /** @throws the signal's reason */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

export interface Ports {
  /** For commands that the user may paste. */
  readonly access: AwsAccess
  readonly ecs: Ecs
  readonly ec2: Ec2
  readonly sts: Sts
  readonly ssh: Ssh
  readonly terminal: Terminal
  readonly reporter: Reporter
  readonly clock: Clock
}
