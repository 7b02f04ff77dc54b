import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../../sshd-image/shell.sh', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
afterAll(() => rmSync(directory, { recursive: true }))

/** What the script knows of a user after it has read a file like /etc/passwd. */
function account(passwd: string, uid: number): string {
  const file = join(directory, 'passwd')
  writeFileSync(file, passwd)
  const script = '. "$1"; if account "$2" "$3"; then echo "$name $home $login_shell"; else echo nobody; fi'
  return spawnSync('sh', ['-euc', script, 'sh', SCRIPT, file, `${uid}`], { encoding: 'utf8' }).stdout.trim()
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
