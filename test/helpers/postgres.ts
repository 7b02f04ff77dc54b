import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

/** A real PostgreSQL server on loopback, with database `app` of user `app`, password `s3cret`. */
export interface Postgres extends AsyncDisposable {
  readonly port: number
  readonly url: string
}

const PACKAGES = '/usr/lib/postgresql'

export async function startPostgres(): Promise<Postgres> {
  const version = readdirSync(PACKAGES).sort((a, b) => Number(b) - Number(a))[0]
  const bin = (name: string) => join(PACKAGES, String(version), 'bin', name)
  const directory = mkdtempSync(join(tmpdir(), 'fargate-login-postgres-'))
  const data = join(directory, 'data')
  // PostgreSQL does not run as root.
  const user = process.getuid?.() === 0 ? ids('postgres') : undefined
  if (user) chownSync(directory, user.uid, user.gid)
  const options = { ...user, cwd: '/', env: { PATH: process.env.PATH } }
  execFileSync(bin('initdb'), ['-D', data, '-A', 'trust', '-N', '--no-locale', '-E', 'UTF8'], {
    ...options,
    stdio: 'ignore',
  })
  const port = await freePort()
  const words = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', directory, '-F']
  const server = spawn(bin('postgres'), words, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  while (!log.includes('ready to accept connections')) {
    const [chunk] = await Promise.race([
      once(server.stderr, 'data'),
      once(server, 'exit').then(() => {
        throw new Error(`postgres ended:\n${log}`)
      }),
    ])
    log += chunk
  }
  server.stderr.resume()
  const sql = "CREATE ROLE app LOGIN PASSWORD 's3cret'; "
  execFileSync(bin('psql'), ['-h', directory, '-p', String(port), 'postgres', '-qc', sql], options)
  execFileSync(bin('createdb'), ['-h', directory, '-p', String(port), '-O', 'app', 'app'], options)
  return {
    port,
    url: `postgres://app:s3cret@127.0.0.1:${port}/app`,
    async [Symbol.asyncDispose]() {
      const ended = once(server, 'exit')
      server.kill('SIGINT')
      await ended
      rmSync(directory, { recursive: true })
    },
  }
}

function ids(name: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
