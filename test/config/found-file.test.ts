import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../cli/config/read-config.ts'

const OTHER = 54321

async function directoryWith(...names: readonly string[]) {
  const path = await mkdtemp(join(tmpdir(), 'fargate-login-'))
  for (const name of names) await writeFile(join(path, name), 'defaults: { cluster: found }')
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

function read(directory: string, flags = {}, environment = {}) {
  return readConfig({ flags, target: undefined, environment, directory })
}

describe('a config file that is found', () => {
  it.each(['fargate-login.yaml', 'fargate-login.yml'])('is named %s', async (name) => {
    await using directory = await directoryWith(name)
    const below = join(directory.path, 'below')
    await mkdir(below)
    expect(await read(below)).toMatchObject({ cluster: 'found' })
  })

  it('has one of the two names, not both', async () => {
    await using directory = await directoryWith('fargate-login.yaml', 'fargate-login.yml')
    await expect(read(directory.path)).rejects.toMatchObject({
      code: 'config-invalid',
      message: `${directory.path} has two config files: fargate-login.yaml and fargate-login.yml.`,
    })
    expect(await read(directory.path, { config: 'fargate-login.yml' })).toMatchObject({ cluster: 'found' })
  })

  it.runIf(process.getuid?.() === 0)('is not read if another user owns it, unless it is named', async () => {
    await using directory = await directoryWith('fargate-login.yaml')
    const file = join(directory.path, 'fargate-login.yaml')
    await chown(file, OTHER, OTHER)
    await expect(read(directory.path)).rejects.toMatchObject({
      code: 'config-untrusted',
      exitCode: 2,
      message: `${file} belongs to another user (uid ${OTHER}), so it is not read.`,
      hint: expect.stringContaining(`--config ${file}`),
    })
    expect(await read(directory.path, { config: file })).toMatchObject({ cluster: 'found' })
    expect(await read(directory.path, {}, { SUDO_UID: String(OTHER) })).toMatchObject({ cluster: 'found' })
  })
})
