import { writeFile } from 'node:fs/promises'
import ssh2 from 'ssh2'
import { describe, expect, it } from 'vitest'
import { hasAesHardware } from '../../cli/ssh/aes-hardware.ts'
import { ciphers } from '../../cli/ssh/ciphers.ts'
import { makeSsh } from '../../cli/ssh/ssh.ts'
import { testFolder } from '../helpers/folder.ts'
import { connectTo, startSshd } from '../helpers/sshd.ts'

/** What a real sshd and our client settle on. */
async function cipherWith(...lines: readonly string[]): Promise<string | undefined> {
  const keys = await makeSsh('ed25519').makeKeys()
  await using sshd = await startSshd(keys, [...lines, 'LogLevel DEBUG1'])
  await using connection = await connectTo(sshd)
  const logged = / cipher: (\S+)/.exec(await sshd.logged(/kex: server->client cipher: /))?.[1]
  expect(connection.cipher).toBe(logged)
  return logged
}

describe.runIf(hasAesHardware())('the cipher', () => {
  it('is AES-GCM where both ends have it', async () => {
    expect(await cipherWith()).toBe('aes128-gcm@openssh.com')
  })

  it('is ChaCha20 where the server has no AES-GCM, although it would rather take AES-CTR', async () => {
    const cipher = await cipherWith('Ciphers aes128-ctr,aes256-ctr,chacha20-poly1305@openssh.com')
    expect(cipher).toBe('chacha20-poly1305@openssh.com')
  })
})

it('is ChaCha20 where this machine has no AES in hardware, although the server has AES-GCM', async () => {
  const keys = await makeSsh('ed25519').makeKeys()
  await using sshd = await startSshd(keys)
  const { host, user = '', privateKey } = sshd.login
  const client = new ssh2.Client()
  const negotiated = new Promise<ssh2.NegotiatedAlgorithms>((resolve, reject) => {
    client.once('handshake', resolve).once('error', reject)
  })
  client.connect({
    host,
    port: sshd.port,
    username: user,
    privateKey,
    algorithms: { cipher: ciphers(false) },
  })
  expect((await negotiated).sc.cipher).toBe('chacha20-poly1305@openssh.com')
  client.destroy()
})

describe('AES in hardware', () => {
  it.each([
    ['an Intel or AMD processor', 'flags\t\t: fpu vme sse4_2 movbe popcnt aes xsave avx\n', true],
    ['a Graviton', 'Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics\n', true],
    ['a Raspberry Pi 4', 'BogoMIPS\t: 108.00\nFeatures\t: fp asimd evtstrm crc32 cpuid\n', false],
    ['a virtual machine that hides it', 'flags\t\t: fpu vme sse4_2 vaes\n', false],
    ['a processor that lists nothing', 'cpu\t\t: POWER9\n', true],
  ])('is told of %s', async (_, cpuinfo, expected) => {
    await using dir = await testFolder()
    await writeFile(dir.file('cpuinfo'), `processor\t: 0\n${cpuinfo}`)
    expect(hasAesHardware(dir.file('cpuinfo'))).toBe(expected)
  })

  it('is assumed where the system does not say', () => {
    expect(hasAesHardware('/nowhere/cpuinfo')).toBe(true)
  })
})
