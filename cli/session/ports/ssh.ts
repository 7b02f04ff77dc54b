import type { Duplex, Readable, Writable } from 'node:stream'
import type { RemoteExit } from '../../core/exit-status.ts'
import type { Program, Size } from '../../core/link/program.ts'
import type { HostKey, Route } from '../../core/link/reach.ts'

/** How packets travel. One file for each kind of route in transports/. */
export interface Transport {
  /**
   * One attempt.
   * @throws FargateLoginError `connection-refused` or `connection-silent`, in words of this transport
   */
  dial(route: Route, timeoutMs: number, signal: AbortSignal): Promise<Duplex>
}

export interface Ssh {
  makeKeys(): Promise<Keys>
  /**
   * Banner, verified host key, authentication, over any bytes. It owns `bytes` from here on.
   * @throws FargateLoginError `connection-refused` or `connection-silent` where sshd may come up yet
   */
  connect(bytes: Duplex, login: SshLogin, signal: AbortSignal): Promise<Connection>
}

/** The one-time pairs of a login. Private halves stay in memory, except for the user's of a detached session. */
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

export interface SshLogin {
  /** What messages call the server. */
  readonly host: string
  /** Absent: the user whom the banner names. */
  readonly user?: string
  /** OpenSSH form. */
  readonly privateKey: string
  /** Its fingerprint. */
  readonly userKey: string
  readonly hostKey: HostKey
}

/** What the image can do besides; its banner says so. */
export type Feature = 'enter' | 'hold'

/** An SSH connection whose host key has been verified. It carries any number of channels side by side. */
export interface Connection extends AsyncDisposable {
  readonly user: string
  readonly features: ReadonlySet<Feature>
  /** Aborted when it ends; the reason, `connection-lost`, says what happened to the connection and nothing else. */
  readonly lost: AbortSignal
  /** @throws FargateLoginError `session-refused`, or the reason of `lost` */
  open(program: Program, signal: AbortSignal): Promise<Channel>
  /**
   * Bytes to and from a place that the far end can reach.
   * @throws FargateLoginError `forward-refused`
   */
  dial(to: Endpoint, signal: AbortSignal): Promise<Duplex>
  /**
   * Has the far end listen, until it is disposed of.
   * @throws FargateLoginError `forward-refused`
   */
  listen(at: Endpoint, accept: (bytes: Duplex) => void, signal: AbortSignal): Promise<Listener>
}

/** A TCP port, or a socket in the file system. Listening on port 0 lets the far end choose. */
export type Endpoint = { readonly host: string; readonly port: number } | { readonly path: string }

export interface Listener extends AsyncDisposable {
  /** Where it listens, the chosen port included. */
  readonly at: Endpoint
}

/** A program that runs at the far end. Disposing of it closes it. */
export interface Channel extends AsyncDisposable {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  resize(size: Size): void
  /** Nobody reads `stdout` any more: the program gets SIGPIPE, as it would from a local pipe. */
  stopReading(): void
  /**
   * How the program ended, once `stdout` and `stderr` have been read to their ends: the status may come before the last
   * bytes. Rejects with the reason of the connection's `lost` where there was no status.
   */
  readonly ended: Promise<RemoteExit>
}
