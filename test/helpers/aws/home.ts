import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Variables } from '../cli.ts'

/** A home directory with the given files, and the variables of someone who has nothing else of AWS. */
export interface TestHome extends Disposable {
  readonly path: string
  readonly variables: Variables
  write(name: string, content: string, mode?: number): string
}

/** @param files path below the home directory -> content */
export function makeHome(files: Readonly<Record<string, string>> = {}): TestHome {
  const path = mkdtempSync(join(tmpdir(), 'fargate-login-home-'))
  const write = (name: string, content: string, mode = 0o600) => {
    const file = join(path, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
    chmodSync(file, mode)
    return file
  }
  for (const [name, content] of Object.entries(files)) write(name, content)
  return {
    path,
    variables: {
      HOME: path,
      AWS_EC2_METADATA_DISABLED: 'true',
      ...Object.fromEntries(NETWORK_VARIABLES.map((name) => [name, undefined])),
    },
    write,
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  }
}

const NETWORK_VARIABLES = [
  ...['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]),
  ...['REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'],
]
