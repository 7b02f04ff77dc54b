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
  const flag = { flags: { cluster: 'from-flag' } }
  const typed = { target: 'web' }
  const variable = { environment: { FARGATE_LOGIN_CLUSTER: 'from-variable' } }
  const both = { FARGATE_LOGIN_TARGET: 'web', FARGATE_LOGIN_CLUSTER: 'from-variable' }
  it.each([
    ['a flag before a typed target', { ...flag, ...typed }, 'from-flag'],
    ['a flag before a variable', { ...flag, ...variable }, 'from-flag'],
    ['a typed target before a variable', { ...typed, ...variable }, 'from-target'],
    [
      'a typed target before that of the environment',
      { ...typed, environment: { FARGATE_LOGIN_TARGET: 'none' } },
      'from-target',
    ],
    ['a variable before the target of the environment', { environment: both }, 'from-variable'],
    ['a typed target before the defaults', typed, 'from-target'],
    [
      'the target of the environment before the defaults',
      { environment: { FARGATE_LOGIN_TARGET: 'web' } },
      'from-target',
    ],
    ['a variable before the defaults', variable, 'from-variable'],
    ['the defaults of the file before ours', {}, 'from-defaults'],
    ['ours last', { file: '' }, 'default'],
  ])('takes %s', async (_name, sources, cluster) => {
    expect(await read(sources)).toMatchObject({ cluster })
  })

  it('lets variables set what a typed target leaves open', async () => {
    const environment = { FARGATE_LOGIN_SUBNETS: 'subnet-9', FARGATE_LOGIN_REGION: 'us-west-2' }
    expect(await read({ target: 'web', environment })).toMatchObject({
      subnets: ['subnet-9'],
      region: 'us-west-2',
      filledIn: [],
    })
  })

  it('names the variables that decide what a typed target leaves open', async () => {
    const environment = { FARGATE_LOGIN_USER: 'root', FARGATE_LOGIN_TASK_DEFINITION: 'other' }
    const config = await read({ target: 'web', environment })
    expect(config).toMatchObject({ user: 'root', filledIn: ['FARGATE_LOGIN_USER'] })
    expect(await read({ target: 'web', environment, flags: { user: 'app' } })).toMatchObject({ filledIn: [] })
    expect(await read({ environment })).not.toHaveProperty('filledIn')
  })

  it.each([
    ['a typed target', { target: 'web' }],
    ['a flag', { flags: { service: 'web' } }],
  ])('ignores a variable for the task definition below a service of %s', async (_name, typed) => {
    const environment = { FARGATE_LOGIN_TASK_DEFINITION: 'other' }
    const config = await read({ ...typed, environment })
    expect(config.service).toBe('web')
    expect(config.taskDefinition).toBeUndefined()
  })

  it('takes a task definition above a service, which still gives the network', async () => {
    const flags = { taskDefinition: 'web:41' }
    expect(await read({ target: 'web', flags })).toMatchObject({ service: 'web', taskDefinition: 'web:41' })
  })

  it('refuses a typed target with --local, and ignores that of the environment', async () => {
    const flags = { local: true }
    await expect(read({ target: 'web', flags })).rejects.toMatchObject({
      code: 'usage',
      exitCode: 2,
      message: '--local runs a task of its own, so it cannot run target "web".',
    })
    const environment = { FARGATE_LOGIN_TARGET: 'web' }
    expect(await read({ environment, flags })).toMatchObject({ cluster: 'default' })
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
