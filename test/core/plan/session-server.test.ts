import { describe, expect, it } from 'vitest'
import type { Config } from '../../../cli/core/config/config.ts'
import { makePlan } from '../../../cli/core/plan/plan.ts'
import type { ContainerDocument } from '../../../cli/core/task/definition-document.ts'
import type { TaskDefinition } from '../../../cli/core/task/task-definition.ts'
import { CONFIG, DEFINITION, PLAN_INPUT } from '../../helpers/values.ts'

const { inject: _, ...SILENT } = CONFIG

/** The plan's words about the server of a container. */
function server(container: Partial<ContainerDocument>, config: Partial<Config> = {}, own = ['web']): string {
  const { image = 'example/web:1', dockerLabels: labels = {} } = container
  const definition: TaskDefinition = {
    ...DEFINITION,
    containers: [{ name: 'app', image, labels }],
    document: { ...DEFINITION.document, containerDefinitions: [{ name: 'app', image, ...container }] },
  }
  const typed = { own, remote: undefined }
  return makePlan({ ...PLAN_INPUT, config: { ...SILENT, ...config }, definition, typed }).server
}

function refusal(...input: Parameters<typeof server>): { code: string; exitCode: number; hint: string } {
  try {
    server(...input)
  } catch (error) {
    return error as ReturnType<typeof refusal>
  }
  throw new Error('not refused')
}

describe('the session server', () => {
  it.each<[string, Partial<ContainerDocument>]>([
    ['our image', { image: 'r.example/team/fargate-login-sshd:1' }],
    ['an image of ecs-fargate-login', { image: 'ghcr.io/x/ecs-fargate-login@sha256:00' }],
    ['linuxserver/openssh-server', { image: 'linuxserver/openssh-server' }],
    ['panubo/sshd', { image: 'panubo/sshd:1' }],
    ['webdestroya/remote-shell', { image: 'webdestroya/remote-shell' }],
    ['a name that ends with sshd', { image: 'r.example:5000/web-sshd' }],
    ['a tag that ends with sshd', { image: 'web:1.4-sshd' }],
    ['a label', { dockerLabels: { 'fargate-login': 'true' } }],
    ['our entry point', { entryPoint: ['sh', '/opt/fargate-login/entrypoint.sh'] }],
    ['a command that is an sshd', { command: ['/usr/sbin/sshd', '-D'] }],
    ['an sshd in a shell', { entryPoint: ['sh', '-c', 'mkdir -p /run/sshd; exec sshd -D -e'] }],
    ['a variable of ours', { environment: [{ name: 'FARGATE_LOGIN_MAX_LIFETIME', value: '60' }] }],
    ['a port mapping', { portMappings: [{ containerPort: 2222 }] }],
  ])('is found by %s', (_name, container) => {
    expect(server(container)).toMatch(/^the image's own \(its .*says? so\)$/)
  })

  it.each<[string, Partial<Config>]>([
    ['--no-inject', { inject: false }],
    ['--key-env', { keyEnv: 'SSH_PUBLIC_KEY' }],
    ['--host-key accept', { hostKey: 'accept' }],
    ['--key-type rsa', { keyType: 'rsa' }],
  ])('is there because of %s', (option, config) => {
    expect(server({}, config)).toBe(`the image's own (because of ${option})`)
  })

  it.each<[string, Partial<ContainerDocument>]>([
    ['nothing', {}],
    ['a label that says no', { dockerLabels: { 'fargate-login': 'false' } }],
    ['another port', { portMappings: [{ containerPort: 80 }] }],
    ['the name of a registry or a team', { image: 'fargate-login.example/sshd/web:1' }],
    ['a word that only contains sshd', { command: ['start-sshdx', 'no-sshd.conf'] }],
    ['members of another shape', { entryPoint: 'sshd', command: 1, environment: [null] } as never],
  ])('is not found by %s', (_name, container) => {
    expect(refusal(container)).toMatchObject({ code: 'session-server-unmarked', exitCode: 2 })
  })

  it('is asked for by the command to paste', () => {
    const { hint } = refusal({}, { toolkitImage: 'toolkit:1' }, ['exec', 'web', '-e', 'TOKEN=secret', '-t'])
    expect(hint.split('\n')).toEqual([
      'If it runs none, inject one for this session:',
      'fargate-login exec web -e TOKEN=… -t --inject',
      'If it runs one, say so here, or mark it (docs/image.md):',
      'fargate-login exec web -e TOKEN=… -t --no-inject',
    ])
  })

  it('names what else --inject needs', () => {
    expect(refusal({}, { enter: 'db' }).hint).toContain(
      'fargate-login web --inject --keep-sidecars --toolkit-image IMAGE\nIMAGE is sshd-image/',
    )
  })
})
