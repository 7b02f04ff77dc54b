import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { identify, startTimeFromProc, startTimeFromPs } from '../../cli/journal/process-identity.ts'

const WAYS = [
  ['proc', existsSync('/proc/self/stat'), startTimeFromProc],
  ['ps', existsSync('/bin/ps') || existsSync('/usr/bin/ps'), startTimeFromPs],
] as const

describe.each(WAYS.filter(([, isThere]) => isThere))('the start time from %s', (_, __, startTime) => {
  it('stays the same while the process lives, and then there is none', async () => {
    const child = spawn('sleep', ['60'])
    await once(child, 'spawn')
    const first = await startTime(child.pid ?? 0)
    expect(first).toMatch(/\d/)
    expect(await startTime(child.pid ?? 0)).toBe(first)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await startTime(child.pid ?? 0)).toBeUndefined()
  })

  it('is read whatever the program is called', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
    const program = join(directory, 'a) Z (b')
    copyFileSync('/bin/sleep', program)
    const child = spawn(program, ['60'])
    await once(child, 'spawn')
    expect(await startTime(child.pid ?? 0)).toMatch(/\d/)
    child.kill('SIGKILL')
    await once(child, 'exit')
    rmSync(directory, { recursive: true })
  })
})

it('a process identifies itself', async () => {
  expect(await identify()).toMatchObject({ pid: process.pid, startTime: expect.stringMatching(/\d/) })
})
