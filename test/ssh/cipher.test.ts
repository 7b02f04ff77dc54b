import { describe, expect, it } from 'vitest'
import { makeSsh } from '../../cli/ssh/ssh.ts'
import { connectTo, startSshd } from '../helpers/sshd.ts'

/** What a real sshd and our client settle on. */
async function cipherWith(...lines: readonly string[]): Promise<string | undefined> {
  const keys = await makeSsh('ed25519').makeKeys()
  await using sshd = await startSshd(keys, [...lines, 'LogLevel DEBUG1'])
  await using _connection = await connectTo(sshd)
  return / cipher: (\S+)/.exec(await sshd.logged(/kex: server->client cipher: /))?.[1]
}

describe('the cipher', () => {
  it('is AES-GCM where the server has it', async () => {
    expect(await cipherWith()).toBe('aes128-gcm@openssh.com')
  })

  it('is ChaCha20 where the server has no AES-GCM, although it would rather take AES-CTR', async () => {
    const cipher = await cipherWith('Ciphers aes128-ctr,aes256-ctr,chacha20-poly1305@openssh.com')
    expect(cipher).toBe('chacha20-poly1305@openssh.com')
  })
})
