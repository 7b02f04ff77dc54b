import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { removeLeftovers } from '../../local-ecs/runners/container/remove-leftovers.ts'

/** An engine with two volumes of an owner that has gone, of which the first is in use. */
const ENGINE = `#!/bin/sh
echo "$*" >>"$0.log"
case "$1 $2" in
  'volume ls') echo used; echo free ;;
  'volume inspect') echo "$LABELS" ;;
  'volume rm') [ "$3" != used ] || { echo 'volume is being used' >&2; exit 2; } ;;
esac
`

it('a volume that cannot be removed does not keep the others', async () => {
  const { pid } = spawnSync('true')
  const labels = { 'fargate-login.local.runner-pid': `${pid}`, 'fargate-login.local.runner-host': hostname() }
  const directory = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
  const path = join(directory, 'engine')
  try {
    writeFileSync(path, ENGINE.replace('$LABELS', JSON.stringify(labels).replaceAll('"', '\\"')))
    chmodSync(path, 0o755)
    const quirks = { globalArguments: [], limitArguments: [], reachable: true }
    await removeLeftovers({ name: 'docker', path, version: '1', quirks })
    expect(readFileSync(`${path}.log`, 'utf8')).toMatch(/volume rm used\n(.*\n)*volume rm free\n/)
  } finally {
    rmSync(directory, { recursive: true })
  }
})
