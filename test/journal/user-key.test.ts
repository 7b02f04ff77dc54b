import { chmodSync, chownSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { keepUserKey } from '../../cli/journal/stock-ssh/user-key.ts'
import type { KeyPair } from '../../cli/session/ports/ssh.ts'
import { testFolder } from '../helpers/folder.ts'

const pair = (name: string): KeyPair => ({
  publicKey: `ssh-ed25519 ${name}`,
  privateKey: `secret ${name}`,
  fingerprint: name,
})

describe('the user key of kept tasks', () => {
  it('is the first one, also for several who ask at once, and only its user can read it', async () => {
    await using folder = await testFolder()
    const file = folder.file('ssh', 'user.json')
    const pairs = Array.from({ length: 20 }, (_, at) => pair(String(at)))
    const all = await Promise.all(pairs.map((fresh) => keepUserKey(file, fresh)))
    expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(1)
    expect(await keepUserKey(file, pair('late'))).toEqual(all[0])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder.file('ssh'))).toEqual(['user.json'])
  })

  it.each(['', '{"publicKey":', '{}'])('is replaced if its file is damaged: %j', async (content) => {
    await using folder = await testFolder()
    const file = folder.file('user.json')
    writeFileSync(file, content, { mode: 0o600 })
    expect(await keepUserKey(file, pair('new'))).toEqual(pair('new'))
  })

  it.each([0o640, 0o604])('is replaced if others can read it: mode %o', async (mode) => {
    await using folder = await testFolder()
    const file = folder.file('user.json')
    await keepUserKey(file, pair('old'))
    chmodSync(file, mode)
    expect(await keepUserKey(file, pair('new'))).toEqual(pair('new'))
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it.runIf(process.getuid?.() === 0)('is replaced if it belongs to another user', async () => {
    await using folder = await testFolder()
    const file = folder.file('user.json')
    await keepUserKey(file, pair('old'))
    chownSync(file, 65534, 65534)
    expect(await keepUserKey(file, pair('new'))).toEqual(pair('new'))
  })
})
