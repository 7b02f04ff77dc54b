import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../../sshd-image/session/shell.sh', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
afterAll(() => rmSync(directory, { recursive: true }))

/** What the script knows of a user after it has read a file like /etc/passwd. */
function account(passwd: string, uid: number): string {
  const file = join(directory, 'passwd')
  writeFileSync(file, passwd)
  return accountIn(file, uid)
}

function accountIn(file: string, uid: number): string {
  const script = '. "$1"; if account "$2" "$3"; then echo "$name $home $login_shell"; else echo nobody; fi'
  return spawnSync('sh', ['-euc', script, 'sh', SCRIPT, file, `${uid}`], {
    encoding: 'utf8',
    timeout: 10_000,
  }).stdout.trim()
}

const ROOT = 'root:x:0:0:root:/root:/bin/sh'
const APP = 'app:x:1000:1000::/srv/app:/bin/bash'

test.each([
  ['in the first line', `${APP}\n${ROOT}\n`, 'app /srv/app /bin/bash'],
  ['in a last line without its end', `${ROOT}\n${APP}`, 'app /srv/app /bin/bash'],
  ['behind empty lines', `${ROOT}\n\n${APP}\n`, 'app /srv/app /bin/bash'],
  ['nowhere', `${ROOT}\n`, 'nobody'],
  ['in an empty file', '', 'nobody'],
])('finds the user %s', (_, passwd, found) => {
  expect(account(passwd, 1000)).toBe(found)
})

test('reads no accounts from what is not a file, and may never end', () => {
  const fifo = join(directory, 'fifo')
  execFileSync('mkfifo', [fifo])
  expect(accountIn(fifo, 1000)).toBe('nobody')
})

test('passes over a shell that hangs', () => {
  const slow = join(directory, 'slow')
  writeFileSync(slow, '#!/bin/sh\nexec sleep 60\n')
  chmodSync(slow, 0o755)
  const script = '. "$1"; find_shell "$2" ""; echo "$shell"'
  const { stdout } = spawnSync('sh', ['-euc', script, 'sh', SCRIPT, slow], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  expect(stdout).toMatch(/^\/bin\/(ba)?sh\n$/)
})
