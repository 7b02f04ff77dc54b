import { FargateLoginError } from '../../core/error.ts'
import type { Environment } from '../files/environment.ts'
import type { Section } from '../files/ini.ts'
import { noProfile } from '../files/profile.ts'
import type { SharedFiles } from '../files/shared-files.ts'
import { roleSource } from './role-source.ts'
import type { KeySource, Source } from './source.ts'
import { ssoSource } from './sso-source.ts'

interface Known {
  readonly files: SharedFiles
  readonly environment: Environment
}

/**
 * Where a profile gets credentials from; `undefined` if it says nothing about it.
 * @param path the profiles that led here, by `source_profile`
 * @throws FargateLoginError `credentials-missing`
 */
export function profileSource(name: string, known: Known, path: readonly string[] = []): Source | undefined {
  const { files } = known
  const profile = files.profiles.get(name)
  if (!profile) return undefined
  // The keys of a profile that is a source come first: it may have a role of its own for other uses.
  const keys = keySource(name, profile)
  if (keys && path.length > 0) return keys
  const tokenFile = profile.get('web_identity_token_file')
  const arn = profile.get('role_arn')
  if (arn && !tokenFile) {
    const sourceOf = (source: string) => sourceProfile(source, name, known, path)
    return roleSource({ name, profile, arn, environment: known.environment, sourceOf })
  }
  if (arn && tokenFile) {
    const sessionName = profile.get('role_session_name')
    return { kind: 'web-identity', profile: name, arn, tokenFile, ...(sessionName && { sessionName }) }
  }
  const command = profile.get('credential_process')
  return (
    ssoSource(name, profile, files) ??
    keys ??
    (command ? { kind: 'process', profile: name, command } : undefined) ??
    (profile.has('login_session') ? { kind: 'login', profile: name } : undefined)
  )
}

function sourceProfile(source: string, name: string, known: Known, path: readonly string[]): Source {
  const { files } = known
  const profile = files.profiles.get(source)
  if (!profile) throw noProfile(`Profile ${source}, the source_profile of profile ${name},`, source, files)
  const next = [...path, name]
  // A profile may name itself as the source, if it has keys.
  if (next.includes(source) && !keySource(source, profile)) {
    const message = `The source_profile settings go round in a circle: ${[...next, source].join(' -> ')}.`
    throw new FargateLoginError('credentials-missing', message, {
      hint: 'The last profile of the chain needs credentials of its own: keys, sso_session or credential_process.',
    })
  }
  const found = profileSource(source, known, next)
  if (found) return found
  const message = `Profile ${source}, the source_profile of profile ${name}, has no credentials.`
  throw new FargateLoginError('credentials-missing', message, {
    hint: `Add keys, sso_session or credential_process to profile ${source} in ${files.names}.`,
  })
}

function keySource(name: string, profile: Section): KeySource | undefined {
  const accessKeyId = profile.get('aws_access_key_id')
  const secretAccessKey = profile.get('aws_secret_access_key')
  if (!accessKeyId && !secretAccessKey) return undefined
  if (!accessKeyId || !secretAccessKey) {
    const [there, missing] = accessKeyId
      ? ['aws_access_key_id', 'aws_secret_access_key']
      : ['aws_secret_access_key', 'aws_access_key_id']
    const message = `Profile ${name} has ${there}, but not ${missing}.`
    throw new FargateLoginError('credentials-missing', message, {
      hint: `Add ${missing} to profile ${name}.`,
    })
  }
  const sessionToken = profile.get('aws_session_token') || profile.get('aws_security_token')
  return {
    kind: 'keys',
    profile: name,
    keys: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
  }
}
