import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { AwsCredentialIdentity } from '@smithy/types'
import type { Environment } from '../files/environment.ts'
import { awsPath } from '../files/home.ts'
import type { RoleSource } from './source.ts'

// The cache of the AWS CLI: a code that was typed for one of the two also counts for the other.

/** As in the AWS CLI: credentials that end sooner are not worth using. */
const LEAST_MILLISECONDS = 15 * 60_000

export async function readRoleCache(
  role: RoleSource,
  environment: Environment,
): Promise<AwsCredentialIdentity | undefined> {
  try {
    const { Credentials: given } = JSON.parse(await readFile(cachePath(role, environment), 'utf8'))
    const expiration = new Date(given.Expiration)
    const identity = {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      sessionToken: given.SessionToken,
      expiration,
    }
    const isWhole = [identity.accessKeyId, identity.secretAccessKey, identity.sessionToken].every(isText)
    return isWhole && expiration.getTime() - Date.now() > LEAST_MILLISECONDS ? identity : undefined
  } catch {
    return undefined
  }
}

/** Does nothing if the folder cannot be written: the next command asks again. */
export async function writeRoleCache(
  role: RoleSource,
  identity: AwsCredentialIdentity,
  environment: Environment,
): Promise<void> {
  const path = cachePath(role, environment)
  const fresh = `${path}.${randomUUID()}`
  const content = {
    Credentials: {
      AccessKeyId: identity.accessKeyId,
      SecretAccessKey: identity.secretAccessKey,
      SessionToken: identity.sessionToken,
      Expiration: identity.expiration?.toISOString(),
    },
  }
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFile(fresh, JSON.stringify(content), { mode: 0o600, flag: 'wx' })
    await rename(fresh, path)
  } catch {
    await rm(fresh, { force: true }).catch(() => {})
  }
}

/** The AWS CLI's name for a request: the SHA-1 of its JSON, in Python's spelling. */
function cachePath(role: RoleSource, environment: Environment): string {
  const members = {
    DurationSeconds: role.durationSeconds,
    ExternalId: role.externalId,
    RoleArn: role.arn,
    RoleSessionName: role.sessionName,
    SerialNumber: role.mfaSerial,
  }
  const pairs = Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [`"${name}": ${asciiJson(value)}`],
  )
  const key = createHash('sha1')
    .update(`{${pairs.join(', ')}}`)
    .digest('hex')
  return awsPath(environment, 'cli', 'cache', `${key}.json`)
}

function asciiJson(value: string | number): string {
  return JSON.stringify(value).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}
