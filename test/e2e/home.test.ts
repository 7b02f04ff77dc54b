import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli, startCli } from '../helpers/cli.ts'
import { startEcs } from '../helpers/ecs.ts'

function makeDirectory() {
  const path = mkdtempSync(join(tmpdir(), 'fargate-login-home-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}

describe('the working directory', () => {
  it('gets no state with a relative XDG_STATE_HOME', async () => {
    await using ecs = await startEcs()
    using home = makeDirectory()
    using here = makeDirectory()
    const variables = { ...ecs.variables, HOME: home.path, XDG_STATE_HOME: 'state', USER: undefined }
    const { child, finished, said } = startCli(['exec', '-v', '--', 'cat'], variables, here.path)
    await said(/Connected as .*verified/)
    expect(readdirSync(here.path)).toEqual([])
    expect(readdirSync(join(home.path, '.local/state/fargate-login/sessions'))).toHaveLength(1)
    child.stdin.end()
    expect(await finished).toMatchObject({ status: 0 })
  })

  it('gets no key where the home takes no files, and --detach is refused before RunTask', async () => {
    await using ecs = await startEcs()
    using here = makeDirectory()
    const variables = { ...ecs.variables, HOME: '/dev/null', XDG_STATE_HOME: '' }
    const { status, stderr } = await runCli(['exec', '--detach', '--', 'true'], variables, '', here.path)
    expect(stderr).toMatch(/ENOTDIR.*\[journal-unwritable\]\n {2}.*XDG_STATE_HOME/)
    expect(status).toBe(255)
    expect(readdirSync(here.path)).toEqual([])
    expect(await ecs.tasks()).toEqual([])
  })

  it.each(['', undefined, 'relative', '.'])('is not searched for .aws if HOME is %j', async (HOME) => {
    await using ecs = await startEcs()
    using here = makeDirectory()
    const mark = join(here.path, 'executed')
    for (const home of ['', 'relative']) {
      mkdirSync(join(here.path, home, '.aws'), { recursive: true })
      writeFileSync(
        join(here.path, home, '.aws', 'config'),
        `[default]\ncredential_process = /bin/sh -c ": >${mark}"\n`,
      )
    }
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...rest } = ecs.variables
    const variables = { ...rest, HOME, AWS_EC2_METADATA_DISABLED: 'true' }
    await runCli(['list', '-q'], variables, '', here.path)
    expect(existsSync(mark)).toBe(false)
  })
})
