import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../cli/config/read-config.ts'

const FILE = `
defaults: { cluster: from-defaults, region: eu-west-1, env: { A: defaults, B: defaults } }
targets:
  web: { cluster: from-target, service: web, launch-type: FARGATE, env: { B: target, C: target } }
`

async function directoryWith(source: string | undefined) {
  const path = await mkdtemp(join(tmpdir(), 'fargate-login-'))
  if (source !== undefined) await writeFile(join(path, 'fargate-login.yaml'), source)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

async function read({
  flags = {},
  target,
  environment = {},
  file = FILE,
}: Partial<Parameters<typeof readConfig>[0]> & { file?: string | undefined }) {
  await using directory = await directoryWith(file)
  return await readConfig({ flags, target, environment, directory: directory.path })
}

describe('readConfig', () => {
  it('takes flags before environment before target before defaults', async () => {
    const target = 'web'
    expect(await read({ target })).toMatchObject({
      cluster: 'from-target',
      region: 'eu-west-1',
      service: 'web',
    })
    const environment = { FARGATE_LOGIN_CLUSTER: 'from-environment' }
    expect(await read({ target, environment })).toMatchObject({ cluster: 'from-environment' })
    const flags = { cluster: 'from-flag' }
    expect(await read({ target, environment, flags })).toMatchObject({ cluster: 'from-flag' })
    expect(await read({ file: '' })).toMatchObject({ cluster: 'default', port: 2222, timeout: 300 })
  })

  it('adds up environment variables of the task name by name', async () => {
    const flags = { env: ['C=flag', 'D=', 'HOME'] }
    const { environment } = await read({ target: 'web', flags, environment: { HOME: '/home/me' } })
    expect(environment).toEqual({ A: 'defaults', B: 'target', C: 'flag', D: '', HOME: '/home/me' })
  })

  it('silences a launch type below a capacity provider', async () => {
    const config = await read({ target: 'web', flags: { capacityProvider: 'FARGATE_SPOT' } })
    expect(config.capacityProvider).toBe('FARGATE_SPOT')
    expect(config.launchType).toBeUndefined()
  })

  it('takes the target of the environment when none is named', async () => {
    expect(await read({ environment: { FARGATE_LOGIN_TARGET: 'web' } })).toMatchObject({ service: 'web' })
  })

  it('finds the file upward from the working directory', async () => {
    await using directory = await directoryWith(FILE)
    const deep = join(directory.path, 'a', 'b')
    await mkdir(deep, { recursive: true })
    expect(await readConfig({ flags: {}, target: 'web', environment: {}, directory: deep })).toMatchObject({
      service: 'web',
    })
  })

  it('leaves the account alone with --local, except for what the command line says', async () => {
    const config = await read({
      target: 'web',
      flags: { local: true, taskDefinition: 'mine' },
      environment: {
        FARGATE_LOGIN_SUBNETS: 'subnet-9',
        FARGATE_LOGIN_TIMEOUT: '9',
        FARGATE_LOGIN_USER: 'app',
      },
    })
    expect(config).toMatchObject({ cluster: 'default', taskDefinition: 'mine', timeout: 9 })
    expect(config.service).toBeUndefined()
    expect(config.subnets).toBeUndefined()
    expect(config.user).toBeUndefined()
  })

  it.each([
    [{ flags: { port: '0' } }, 'usage', /^--port: expected a whole number from 1 to 65535, got "0"/],
    [{ flags: { env: ['=x'] } }, 'usage', /^--env: expected NAME=VALUE/],
    [{ flags: { env: ['NOT_SET_HERE'] } }, 'usage', /variable that is set here/],
    [{ flags: { launchType: 'EC2', capacityProvider: 'x' } }, 'usage', /exclude each other/],
    [
      { file: 'defaults: { launch-type: EC2, capacity-provider: x }' },
      'config-invalid',
      /defaults: launch-type and capacity-provider exclude/,
    ],
    [{ environment: { FARGATE_LOGIN_PUBLIC_IP: 'constructor' } }, 'config-invalid', /expected true or false/],
    [
      { environment: { FARGATE_LOGIN_ADDRESS: 'x' } },
      'config-invalid',
      /^FARGATE_LOGIN_ADDRESS: expected one of/,
    ],
    [{ flags: { config: 'nowhere.yaml' } }, 'config-not-found', /no config file nowhere\.yaml/],
    [{ target: 'wen' }, 'target-unknown', /no target "wen"/],
  ] as const)('refuses %j', async (sources, code, message) => {
    await expect(read(sources as Parameters<typeof read>[0])).rejects.toMatchObject({
      code,
      exitCode: 2,
      message: expect.stringMatching(message),
    })
  })
})
