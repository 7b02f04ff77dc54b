import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import type { KeyPair, Keys } from './keys.ts'

/** A running entrypoint, seen from a client. */
export interface SshServer {
  readonly host: string
  readonly port: number
}

export interface SshOptions {
  readonly user?: string
  readonly key?: KeyPair
  /** ssh's own options, before the host. */
  readonly options?: readonly string[]
  readonly input?: string
  readonly environment?: Readonly<Record<string, string>>
}

export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly bytes: Buffer
  readonly stderr: string
}

/** The machine's own ssh, which knows the host key beforehand and nothing else, no user's config either. */
export function sshArguments(server: SshServer, keys: Keys, { key = keys.user, options = [] }: SshOptions) {
  const knownHosts = join(keys.directory, `known_hosts-${server.host}-${server.port}`)
  writeFileSync(knownHosts, `[${server.host}]:${server.port} ${keys.host.publicKey}\n`)
  return [
    ...['-F', 'none', '-o', `Port=${server.port}`, '-i', key.file, '-o', 'IdentitiesOnly=yes'],
    ...['-o', 'BatchMode=yes', '-o', `UserKnownHostsFile=${knownHosts}`, '-o', 'StrictHostKeyChecking=yes'],
    ...['-o', 'LogLevel=ERROR', ...options],
  ]
}

export function ssh(
  server: SshServer,
  keys: Keys,
  command: string | undefined,
  options: SshOptions = {},
): Promise<Outcome> {
  const args = [...sshArguments(server, keys, options), `${options.user ?? 'root'}@${server.host}`]
  return run('ssh', command === undefined ? args : [...args, command], options)
}

/** @param batch one command of sftp a line */
export function sftp(
  server: SshServer,
  keys: Keys,
  batch: string,
  options: SshOptions = {},
): Promise<Outcome> {
  const args = [...sshArguments(server, keys, options), '-b', '-', `${options.user ?? 'root'}@${server.host}`]
  return run('sftp', args, { ...options, input: batch })
}

async function run(program: string, args: readonly string[], options: SshOptions): Promise<Outcome> {
  const child = spawn(program, args, { env: { ...process.env, ...options.environment } })
  child.stdin.on('error', () => {}).end(options.input ?? '')
  const [bytes, stderr, status] = await Promise.all([
    buffer(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ])
  return { status, bytes, stdout: bytes.toString(), stderr }
}

/** Asserts nothing: the names and values in an environment block as the kernel shows it. */
export function environmentBlock(bytes: Buffer): ReadonlyMap<string, string> {
  const entries = bytes.toString('latin1').split('\0').slice(0, -1)
  return new Map(
    entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  )
}
