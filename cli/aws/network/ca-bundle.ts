import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { FargateLoginError } from '../../core/error.ts'
import type { Environment } from '../files/environment.ts'
import { expandHome } from '../files/home.ts'
import type { Found, Lookup } from '../settings/lookup.ts'

const CERTIFICATE = /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----.*?-----END \1-----/gs

/** The certificates to trust instead of the usual ones. */
export interface CaBundle {
  readonly pem: string
  /** For messages: `/etc/company.pem (AWS_CA_BUNDLE)`. */
  readonly name: string
}

/**
 * Reads the file that AWS_CA_BUNDLE or the profile names, or REQUESTS_CA_BUNDLE, which the AWS CLI takes as well.
 * @throws FargateLoginError `config-invalid`
 */
export async function readCaBundle(lookup: Lookup, environment: Environment): Promise<CaBundle | undefined> {
  const found = lookup(['AWS_CA_BUNDLE'], 'ca_bundle') ?? lookup(['REQUESTS_CA_BUNDLE'], '')
  if (!found) return undefined
  const pem = await readFile(expandHome(found.text, environment), 'utf8').catch((error: Error) => {
    throw unusable(found, error.message, error)
  })
  const certificates = pem.match(CERTIFICATE) ?? []
  if (certificates.length === 0) throw unusable(found, 'it has no certificate in PEM format')
  // Node skips what it cannot parse, without a word.
  for (const [index, certificate] of certificates.entries()) {
    try {
      new X509Certificate(certificate)
    } catch (error) {
      throw unusable(found, `its certificate ${index + 1} of ${certificates.length} is damaged`, error)
    }
  }
  const extra = await extraCertificates(environment)
  return { pem: `${pem}\n${extra}`, name: `${found.text} (${found.where})` }
}

/** Node adds these to the usual certificates only. It warns by itself if it cannot read the file. */
async function extraCertificates({ NODE_EXTRA_CA_CERTS }: Environment): Promise<string> {
  return NODE_EXTRA_CA_CERTS ? await readFile(NODE_EXTRA_CA_CERTS, 'utf8').catch(() => '') : ''
}

function unusable({ text, where }: Found, why: string, cause?: unknown): FargateLoginError {
  const message = `${where}: the CA bundle ${text} is unusable: ${why}.`
  const hint = `Correct ${where}: it names a file with one or more certificates in PEM format.`
  return new FargateLoginError('config-invalid', message, { hint, cause })
}
