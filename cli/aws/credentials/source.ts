/** Where credentials come from: decided from the environment and the profiles, before anything is fetched. */
export type Source =
  | KeySource
  | RoleSource
  | WebIdentitySource
  | SsoSource
  | ProcessSource
  | LoginSource
  | { readonly kind: 'container' }
  | { readonly kind: 'instance' }

/** Plain keys. */
export interface KeySource {
  readonly kind: 'keys'
  /** The profile; absent if they are in the environment. */
  readonly profile?: string
  readonly keys: Keys
}

export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** A role to assume with other credentials. */
export interface RoleSource {
  readonly kind: 'role'
  readonly profile: string
  readonly arn: string
  readonly sessionName?: string
  readonly externalId?: string
  readonly durationSeconds?: number
  /** The device whose code STS wants. */
  readonly mfaSerial?: string
  readonly source: Source
}

/** A role to assume with a token from a file, as in Kubernetes or CI. */
export interface WebIdentitySource {
  readonly kind: 'web-identity'
  /** Absent if the environment says so. */
  readonly profile?: string
  readonly arn: string
  readonly tokenFile: string
  readonly sessionName?: string
}

/** A role of IAM Identity Center. */
export interface SsoSource {
  readonly kind: 'sso'
  readonly profile: string
  /** The section `sso-session` that names the start URL; absent in older profiles, which name it themselves. */
  readonly session?: string
  readonly startUrl: string
  readonly region: string
  readonly accountId: string
  readonly roleName: string
}

export interface ProcessSource {
  readonly kind: 'process'
  readonly profile: string
  readonly command: string
}

/** A session of `aws login`. */
export interface LoginSource {
  readonly kind: 'login'
  readonly profile: string
}

/** Whether a person must type a code, now or later. */
export function needsCode(source: Source): boolean {
  return source.kind === 'role' && (source.mfaSerial !== undefined || needsCode(source.source))
}
