import type { Config } from '../config/config.ts'
import { DEFAULT_KEY_ENV } from '../config/settings/ssh.ts'
import { FargateLoginError } from '../error.ts'
import type { ContainerDocument } from '../task/definition-document.ts'
import type { ContainerDefinition, TaskDefinition } from '../task/task-definition.ts'
import { foreignWords } from '../text/foreign-words.ts'
import { type TypedCommand, typedCommandWith } from '../text/typed-command.ts'
import { isLabelled } from './container.ts'

export interface SessionServerInput {
  readonly config: Config
  readonly definition: TaskDefinition
  readonly typed: TypedCommand
}

/**
 * Decides where the SSH server of the session comes from. A task without one would run, and cost money, until the
 * time-out.
 * @param chosen the container that runs it
 * @returns the server, and why we believe in it
 * @throws FargateLoginError `session-server-unmarked`, with the commands that say what is in the image
 */
export function planSessionServer(input: SessionServerInput, chosen: ContainerDefinition): string {
  const { config, definition } = input
  if (config.inject) return 'injected at run time'
  const mark = saidByUser(config) ?? markOf(chosen, definition, config.port)
  if (mark === undefined) throw unmarked(input, chosen)
  return `the image's own (${mark})`
}

function saidByUser({ inject, keyEnv, hostKey, keyType }: Config): string | undefined {
  if (inject === false) return 'because of --no-inject'
  if (keyEnv !== DEFAULT_KEY_ENV) return 'because of --key-env'
  if (hostKey === 'accept') return 'because of --host-key accept'
  return keyType === 'rsa' ? 'because of --key-type rsa' : undefined
}

/** Names of images that carry an SSH server. The tag counts too: `web:1.4-sshd`. */
const IMAGE = /fargate-login|openssh-server|remote-shell|sshd/
/** A program in a command line, with or without its path. */
const SERVER = /(?:^|[^\w.-])(?:sshd|dropbear)(?![\w.-])|\/fargate-login\//

function markOf(
  { name, image, labels }: ContainerDefinition,
  { document }: TaskDefinition,
  port: number,
): string | undefined {
  if (isLabelled({ labels })) return 'its label says so'
  if (IMAGE.test(lastComponent(image))) return "its image's name says so"
  const container = document.containerDefinitions?.find((one) => one?.name === name)
  if (!container) return undefined
  if (SERVER.test(commandOf(container))) return 'its entry point or command says so'
  if (list(container.environment).some(isOurVariable)) return 'its FARGATE_LOGIN_ variables say so'
  if (list(container.portMappings).some((mapping) => object(mapping).containerPort === port)) {
    return `its port mapping ${port} says so`
  }
  return undefined
}

/** `web:1.4-sshd` of `registry.example:5000/team/web:1.4-sshd@sha256:…`. */
function lastComponent(image: string): string {
  const [named = ''] = image.split('@', 1)
  return named.slice(named.lastIndexOf('/') + 1)
}

function commandOf({ entryPoint, command }: ContainerDocument): string {
  return [...list(entryPoint), ...list(command)].join(' ')
}

function isOurVariable(variable: unknown): boolean {
  const { name } = object(variable)
  return typeof name === 'string' && name.startsWith('FARGATE_LOGIN_')
}

/** ECS's document is not checked: a member may have any shape. */
function list(member: unknown): readonly unknown[] {
  return Array.isArray(member) ? member : []
}

function object(item: unknown): Readonly<Record<string, unknown>> {
  return typeof item === 'object' && item !== null ? (item as Record<string, unknown>) : {}
}

function unmarked(
  { config, definition, typed }: SessionServerInput,
  { name, image }: ContainerDefinition,
): FargateLoginError {
  const needsImage = !config.local && config.toolkitImage === undefined
  const options = [
    '--inject',
    ...(config.enter === undefined || config.keepSidecars ? [] : ['--keep-sidecars']),
    ...(needsImage ? ['--toolkit-image', 'IMAGE'] : []),
  ]
  return new FargateLoginError(
    'session-server-unmarked',
    `Nothing says that container "${name}" of ${definition.arn} (image ${foreignWords(image)}) runs an SSH server.`,
    {
      hint: [
        'If it runs none, inject one for this session:',
        `${typedCommandWith(typed, ...options)}`,
        ...(needsImage ? ['IMAGE is sshd-image/ in a registry of yours (docs/inject.md).'] : []),
        'If it runs one, say so here, or mark it (docs/image.md):',
        `${typedCommandWith(typed, '--no-inject')}`,
      ].join('\n'),
    },
  )
}
