import type { RemoteExit } from '../core/exit-status.ts'
import type { DetachedSession } from '../core/journal/journal-entry.ts'
import type { NotedSession } from '../core/journal/owner-state.ts'
import type { Address } from '../core/link/address.ts'
import type { Plan, SshPlan } from '../core/plan/plan.ts'
import type { RemoteRequest } from '../core/plan/remote-request.ts'
import type { RunTaskRequest } from '../core/plan/run-task-request.ts'
import type { TaskDefinitionDocument } from '../core/task/definition-document.ts'
import type { ListedTask } from '../core/task/listed-task.ts'
import type { TaskSnapshot } from '../core/task/task.ts'
import type { Service, TaskDefinition } from '../core/task/task-definition.ts'
import type { AwsAccess } from '../core/text/aws-command.ts'

// What the flow needs of the outside world, in its own words. aws/, ssh/, terminal/ and journal/ implement it;
// compose.ts puts the real ones together; a fake for a test is a 15-line object.
//
// Every adapter throws FargateLoginError. AWS trouble that may pass (throttling, 5xx, network) has the code
// `aws-unreachable`; a connection that may come up yet has `connection-refused` or `connection-silent`.

export interface Ecs {
  describeService(cluster: string, service: string, signal: AbortSignal): Promise<Service>
  describeTaskDefinition(name: string, signal: AbortSignal): Promise<TaskDefinition>
  /** ARNs of the active revisions of a family, the newest first, a page at most. */
  listTaskDefinitions(family: string, signal: AbortSignal): Promise<readonly string[]>
  /**
   * @returns the ARN of the new revision
   * @throws FargateLoginError `register-refused` where the caller lacks the permission, `register-busy` where others
   * register in the family at the same time
   */
  registerTaskDefinition(document: TaskDefinitionDocument, signal: AbortSignal): Promise<string>
  /**
   * One request and no more: what a refusal means depends on whether another went before it.
   * @param giveUp not the user's cancel: once the request is on its way only its answer tells which task to stop
   */
  runTask(request: RunTaskRequest, giveUp: AbortSignal): Promise<TaskSnapshot>
  /** `undefined`: ECS does not know the task (yet, or any more). */
  describeTask(cluster: string, arn: string, signal: AbortSignal): Promise<TaskSnapshot | undefined>
  /** ARNs of all tasks that shall run, of one session where `startedBy` is given. */
  listTasks(cluster: string, startedBy: string | undefined, signal: AbortSignal): Promise<readonly string[]>
  /** Those that ECS knows, in any number. */
  describeTasks(cluster: string, arns: readonly string[], signal: AbortSignal): Promise<readonly ListedTask[]>
  /** The Region that the calls go to. */
  region(): Promise<string>
  stopTask(cluster: string, arn: string, reason: string, signal: AbortSignal): Promise<void>
  /** The EC2 instance under a container instance. */
  instanceId(cluster: string, containerInstanceArn: string, signal: AbortSignal): Promise<string>
}

export interface Ec2 {
  /** The public IPv4 address associated with an ENI; `null` while or where there is none. */
  publicIp(networkInterfaceId: string, signal: AbortSignal): Promise<string | null>
  /** Those of the ENIs that have a public IPv4 address. */
  withPublicIp(networkInterfaceIds: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>
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

/** The one-time pairs of a login. Private halves live in memory only, but for the user's of a detached session. */
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
  readonly ssh: Omit<SshPlan, 'port'>
  /** The user's, in OpenSSH form. */
  readonly privateKey: string
  /** Milliseconds for TCP to answer. */
  readonly tcpTimeout: number
}

/** An SSH connection whose host key has been verified. */
export interface Connection extends AsyncDisposable {
  readonly user: string
  /** What the image can do besides, in its own words; the banner says them. */
  readonly features: ReadonlySet<string>
  /**
   * Runs one session to its end; rejects with `connection-lost` when the peer goes away first.
   * @param onOutput told of each chunk that goes to stdout, in bytes
   */
  run(
    request: RemoteRequest,
    terminal: Terminal,
    signal: AbortSignal,
    onOutput?: (bytes: number) => void,
  ): Promise<RemoteExit>
}

/** The user's end: three streams, and what a PTY needs to know. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
  /** stdin is a terminal, at which somebody may sit. */
  readonly interactive: boolean
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

/** What it takes to come back to a session that goes on without us, but for its key. */
export interface DetachedNote {
  readonly plan: Pick<Plan, 'session' | 'runTask'>
  readonly taskArn: string
  readonly detached: DetachedSession
}

/** What this machine remembers of its sessions, so that one whose process is killed leaves a trace. */
export interface Journal {
  /** How we reach AWS, as a note of ours says it. */
  readonly access: AwsAccess
  /** Before RunTask, and again when the ARN is known. Never rejects: the session is worth more than its note. */
  write(plan: Pick<Plan, 'session' | 'runTask'>, taskArn?: string): Promise<void>
  /** Once no task of the session runs any more. Never rejects. */
  remove(session: string): Promise<void>
  /** What is noted and can be read, the oldest first. */
  read(): Promise<readonly NotedSession[]>
  /**
   * The session goes on without us: notes how to come back, and keeps its key.
   * @param key the private one, in OpenSSH form
   * @throws FargateLoginError `journal-unwritable`
   */
  detach(noted: DetachedNote, key: string): Promise<void>
  /** The file in which the key of a detached session is kept. */
  keyFile(session: string): string
  /** @throws FargateLoginError `session-unknown` when the key is not there any more */
  readKey(session: string): Promise<string>
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
  readonly journal: Journal
  readonly reporter: Reporter
  readonly clock: Clock
}
