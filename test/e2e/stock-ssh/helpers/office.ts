import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { Engine } from '../../../../local-ecs/runners/container/engine/engine.ts'
import { runCli } from '../../../helpers/cli.ts'
import { builtImage } from '../../../helpers/container.ts'
import { startEcs, type TestEcs } from '../../../helpers/ecs.ts'
import { register } from '../../../helpers/register.ts'
import { type Desk, makeDesk } from './desk.ts'

const IMAGE = fileURLToPath(new URL('../../../helpers/images/stock-ssh', import.meta.url))

/** The host of the target `web`. */
export const HOST = 'web.fargate'

/** A user's machine whose ssh knows a target, and the ECS where its tasks run. */
export interface Office extends AsyncDisposable {
  readonly ecs: TestEcs
  readonly desk: Desk
  /** What the proxy has written for the host. */
  readonly keyFile: string
  readonly knownHostsFile: string
  /** The ProxyCommand of the host. */
  proxyCommand(): Promise<string>
}

export async function openOffice(engine: Engine): Promise<Office> {
  const ecs = await startEcs({ runner: 'container' })
  const image = await builtImage(engine, IMAGE)
  await register(ecs.client, { family: 'app', containerDefinitions: [{ name: 'app', image, user: 'app' }] })
  const desk = await makeDesk(targetFile(ecs))
  const { status, stderr } = await runCli(['ssh-config', '--install', '-v'], desk.variables, '', desk.project)
  expect(stderr).toContain(`ssh ${HOST}`)
  expect(status).toBe(0)
  const state = join(desk.variables.XDG_STATE_HOME ?? '', 'fargate-login', 'ssh', HOST)
  return {
    ...{ ecs, desk },
    keyFile: join(state, 'id'),
    knownHostsFile: join(state, 'known_hosts'),
    proxyCommand: async () => {
      const { stdout } = await desk.ssh(['-G', HOST])
      return /^proxycommand (.*)$/m.exec(stdout)?.[1] ?? ''
    },
    async [Symbol.asyncDispose]() {
      await ecs[Symbol.asyncDispose]()
      await desk[Symbol.asyncDispose]()
    },
  }
}

/** A fargate-login.yaml with the target `web`. */
export function targetFile({ variables }: TestEcs, family = 'app'): string {
  const { FARGATE_LOGIN_SUBNETS: subnets = '', AWS_ENDPOINT_URL: endpoint } = variables
  return `targets:
  web:
    task-definition: ${family}
    subnets: [${subnets}]
    endpoint-url: ${endpoint}
`
}

/** The fingerprint of the task's host key, as ssh knows it. */
export async function hostKeyFingerprint({ desk, knownHostsFile }: Office): Promise<string> {
  const { stdout } = await desk.run('ssh-keygen', ['-lf', knownHostsFile])
  return stdout.split(' ')[1] ?? ''
}

/** `ssh-ed25519 AAAA…` */
export function hostKey({ knownHostsFile }: Office): string {
  return readFileSync(knownHostsFile, 'utf8').replace(/^\S+ /, '').trim()
}
