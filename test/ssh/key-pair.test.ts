import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { describe, expect, it } from 'vitest'
import { makeKeyPair } from '../../cli/ssh/key-pair.ts'

describe.each(['ed25519', 'rsa'] as const)('a one-time %s pair', (type) => {
  it('is read by ssh-keygen: private half, public half and fingerprint agree', async () => {
    const pair = await makeKeyPair(type)
    const directory = mkdtempSync(join(tmpdir(), 'fargate-login-key-'))
    try {
      const file = join(directory, 'key')
      writeFileSync(file, pair.privateKey, { mode: 0o600 })
      writeFileSync(`${file}.pub`, `${pair.publicKey}\n`)
      const derived = execFileSync('ssh-keygen', ['-y', '-f', file], { encoding: 'utf8' })
      expect(derived.trim()).toBe(pair.publicKey)
      const listed = execFileSync('ssh-keygen', ['-l', '-f', `${file}.pub`], { encoding: 'utf8' })
      expect(listed).toContain(pair.fingerprint)
      expect(listed).toMatch(type === 'rsa' ? /^3072 / : /^256 /)
    } finally {
      rmSync(directory, { recursive: true })
    }
  })

  it('is read by ssh2, and signs what its public half verifies', async () => {
    const pair = await makeKeyPair(type)
    const [secret, open] = [ssh2.utils.parseKey(pair.privateKey), ssh2.utils.parseKey(pair.publicKey)]
    if (secret instanceof Error || open instanceof Error) throw secret
    expect(open.verify('data', secret.sign('data') as Buffer)).toBe(true)
  })

  it('is another one each time', async () => {
    const [first, second] = await Promise.all([makeKeyPair(type), makeKeyPair(type)])
    expect(first.fingerprint).not.toBe(second.fingerprint)
  })
})
