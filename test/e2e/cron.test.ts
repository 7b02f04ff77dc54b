import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { CLI } from '../helpers/cli.ts'
import { startEcs } from '../helpers/ecs.ts'

it("the page's line for cron runs without HOME and without a terminal, and prints only what the command prints", async () => {
  const page = await readFile(new URL('../../docs/cron.md', import.meta.url), 'utf8')
  const [, line = ''] = page.match(/^17 3 \* \* \* {2}(.*)$/m) ?? []
  await using ecs = await startEcs()
  const target = `{ task-definition: ${ecs.variables.FARGATE_LOGIN_TASK_DEFINITION} }`
  const directory = await mkdtemp(join(tmpdir(), 'fargate-login-cron-'))
  try {
    await writeFile(join(directory, 'fargate-login.yaml'), `targets: { nightly: ${target} }\n`)
    await writeFile(join(directory, 'fargate-login'), `#!/bin/sh\nexec node ${CLI} "$@"\n`, { mode: 0o755 })
    const command = line
      .replace('/srv/ops', directory)
      .replace('/run/lock/nightly', join(directory, 'lock'))
      .replace('bin/rake report:daily', "sh -c 'tty; echo report; exit 4'")
    expect(command).not.toContain('rake')
    const env = {
      SHELL: '/bin/sh',
      PATH: `${directory}:${dirname(process.execPath)}:/usr/bin:/bin`,
      XDG_STATE_HOME: join(directory, 'state'),
      ...ecs.variables,
    }
    const run = promisify(execFile)('/bin/sh', ['-c', command], { cwd: '/', env })
    run.child.stdin?.end()
    await expect(run).rejects.toMatchObject({ code: 4, stdout: 'not a tty\nreport\n', stderr: '' })
  } finally {
    await rm(directory, { recursive: true })
  }
})
