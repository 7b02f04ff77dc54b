import type { Duplex, Readable, Writable } from 'node:stream'
import type { RemoteExit } from '../../core/exit-status.ts'
import type { Endpoint } from '../../core/link/endpoint.ts'
import type { Program, Size } from '../../core/link/program.ts'
import type { HostKey, Route } from '../../core/link/reach.ts'
import type { Sftp } from './sftp.ts'

/** Carries the bytes to the task. transports/ has one file for each kind of route. */
export interface Transport {
  /**
   * Makes one attempt.
   * @throws FargateLoginError `connection-refused` or `connection-silent`, in this transport's words
   */
  dial(route: Route, timeoutMs: number, signal: AbortSignal): Promise<Duplex>
}

export interface Ssh {
  makeKeys(): Promise<Keys>
  /**
   * @returns the fingerprint of a private key
   * @throws FargateLoginError `authentication-failed` for one that cannot be used
   */
  checkKey(privateKey: string): string
  /**
   * Reads the banner, verifies the host key and authenticates, over any bytes. It owns `bytes` from then on.
   * @throws FargateLoginError `connection-refused` or `connection-silent` if sshd may still come up
   */
  connect(bytes: Duplex, login: SshLogin, signal: AbortSignal): Promise<Connection>
}

/** The one-time key pairs of a login. Private keys stay in memory, except for the user's key of a detached session. */
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
  /** The server's name in messages. */
  readonly host: string
  /** Absent: the user that the banner names. */
  readonly user?: string
  /** OpenSSH form. */
  readonly privateKey: string
  /** The fingerprint of the private key. */
  readonly userKey: string
  readonly hostKey: HostKey
  /** Lets programs in the task use the user's own agent. */
  readonly forwardAgent?: boolean
}

/** An optional ability of the image, which its banner announces. Each of our images has `linger`: it ends by itself. */
export type Feature = 'enter' | 'hold' | 'linger'

/** An SSH connection with a verified host key. It carries any number of channels at once. */
export interface Connection extends AsyncDisposable {
  readonly user: string
  /** The server's key as known_hosts has it: `ssh-ed25519 AAAA…`. */
  readonly hostKey: string
  /** As SSH names it: `aes128-gcm@openssh.com`. */
  readonly cipher: string
  readonly features: ReadonlySet<Feature>
  /** Aborts when the connection ends. The reason, `connection-lost`, describes the connection only. */
  readonly lost: AbortSignal
  /** @throws FargateLoginError `session-refused`, or the reason of `lost` */
  open(program: Program, signal: AbortSignal): Promise<Channel>
  /**
   * @param environment a variable that sshd is asked to set, or none
   * @throws FargateLoginError `session-refused` if there is no SFTP server, or the reason of `lost`
   */
  openSftp(environment: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Sftp>
  /**
   * Opens a stream to an address that the server can reach.
   * @throws FargateLoginError `forward-refused`
   */
  dial(to: Endpoint, signal: AbortSignal): Promise<Duplex>
  /**
   * Makes the server listen until the listener is disposed of.
   * @throws FargateLoginError `forward-refused`
   */
  listen(at: Endpoint, accept: (bytes: Duplex) => void, signal: AbortSignal): Promise<Listener>
}

export interface Listener extends AsyncDisposable {
  /** Where it listens, with the actual port. */
  readonly at: Endpoint
}

/** A program on the server. Disposing of the channel closes it. */
export interface Channel extends AsyncDisposable {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  resize(size: Size): void
  /** Stops reading `stdout`: the program gets SIGPIPE, as it would from a local pipe. */
  stopReading(): void
  /**
   * How the program ended. It resolves once `stdout` and `stderr` are read to their ends, because the status may arrive
   * before the last bytes. It rejects with the reason of the connection's `lost` if no status came.
   */
  readonly ended: Promise<RemoteExit>
}
