import { readFile } from 'node:fs/promises'
import type { Environment } from './environment.ts'
import { awsPath, expandHome, shortPath } from './home.ts'
import { parseIni, type Section, type Sections } from './ini.ts'

/** What the two files of the AWS CLI hold. A file that does not exist is empty. */
export interface SharedFiles {
  /** Both files together. Keys of the credentials file win, as in the AWS CLI. */
  readonly profiles: Sections
  readonly ssoSessions: Sections
  readonly services: Sections
  /** Sections of the config file that lack the word `profile`, which the AWS CLI therefore ignores. */
  readonly unprefixed: ReadonlySet<string>
  /** Both paths, for messages. */
  readonly names: string
  /** For messages: why a file that exists could not be read. */
  readonly unreadable: readonly string[]
}

/** The paths that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name, or those in `~/.aws`. */
export function sharedPaths(environment: Environment): {
  readonly config: string
  readonly credentials: string
} {
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = environment
  return {
    config: expandHome(AWS_CONFIG_FILE || awsPath(environment, 'config'), environment),
    credentials: expandHome(AWS_SHARED_CREDENTIALS_FILE || awsPath(environment, 'credentials'), environment),
  }
}

/** Never throws: keys in the environment work without these files. */
export async function readSharedFiles(environment: Environment): Promise<SharedFiles> {
  const paths = sharedPaths(environment)
  const unreadable: string[] = []
  const read = async (path: string): Promise<Sections> => {
    try {
      return parseIni(await readFile(path, 'utf8'))
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code !== 'ENOENT' && code !== 'ENOTDIR') unreadable.push(message)
      return new Map()
    }
  }
  const [config, credentials] = await Promise.all([read(paths.config), read(paths.credentials)])
  const named = (kind: string) => sectionsOf(config, kind)
  const fromConfig = merged(only(config, 'default'), named('profile'))
  return {
    profiles: merged(fromConfig, credentials),
    ssoSessions: named('sso-session'),
    services: named('services'),
    unprefixed: new Set([...config.keys()].filter((name) => !/^(default$|[a-z-]+\s)/.test(name))),
    names: [paths.config, paths.credentials].map((path) => shortPath(path, environment)).join(' or '),
    unreadable,
  }
}

/** `[profile web]`, `[profile "my web"]` and the like, by name. */
function sectionsOf(sections: Sections, kind: string): Sections {
  const pattern = new RegExp(`^${kind}\\s+(["']?)(.+?)\\1\\s*$`)
  return new Map(
    [...sections].flatMap(([header, section]) => {
      const name = pattern.exec(header)?.[2]
      return name === undefined ? [] : [[name, section] as const]
    }),
  )
}

function only(sections: Sections, name: string): Sections {
  return new Map([...sections].filter(([header]) => header === name))
}

function merged(one: Sections, other: Sections): Sections {
  const result = new Map<string, Section>(one)
  for (const [name, section] of other) result.set(name, new Map([...(one.get(name) ?? []), ...section]))
  return result
}
