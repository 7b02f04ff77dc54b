import { generateKeyPairSync, randomUUID } from 'node:crypto'
import forge from 'node-forge'

/** A certificate authority that nobody trusts, and a server certificate of it. All in PEM. */
export interface TestCertificates {
  readonly ca: string
  readonly key: string
  readonly cert: string
}

/** @param names what the server calls itself: DNS names, also with `*`, and addresses */
export function makeCertificates(names: readonly string[]): TestCertificates {
  const authority = keys()
  const name = `Test authority ${randomUUID()}`
  const server = keys()
  const ca = certificate(name, authority, { name, key: authority.privateKey })
  ca.setExtensions([{ name: 'basicConstraints', cA: true }])
  ca.sign(authority.privateKey, forge.md.sha256.create())
  const cert = certificate('server', server, { name, key: authority.privateKey })
  const altNames = names.map((name) =>
    /^[\d.]+$/.test(name) ? { type: 7, ip: name } : { type: 2, value: name },
  )
  cert.setExtensions([{ name: 'subjectAltName', altNames }])
  cert.sign(authority.privateKey, forge.md.sha256.create())
  return {
    ca: forge.pki.certificateToPem(ca),
    key: forge.pki.privateKeyToPem(server.privateKey),
    cert: forge.pki.certificateToPem(cert),
  }
}

function keys(): forge.pki.rsa.KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  return {
    privateKey: forge.pki.privateKeyFromPem(privateKey),
    publicKey: forge.pki.publicKeyFromPem(publicKey),
  }
}

interface Issuer {
  readonly name: string
  readonly key: forge.pki.rsa.PrivateKey
}

function certificate(name: string, { publicKey }: forge.pki.rsa.KeyPair, issuer: Issuer) {
  const made = forge.pki.createCertificate()
  const day = 24 * 3600_000
  made.publicKey = publicKey
  made.serialNumber = '01'
  made.validity.notBefore = new Date(Date.now() - day)
  made.validity.notAfter = new Date(Date.now() + day)
  made.setSubject([{ name: 'commonName', value: name }])
  made.setIssuer([{ name: 'commonName', value: issuer.name }])
  return made
}
