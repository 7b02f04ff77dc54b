import { TOOLKIT_CONTAINER } from '../derive/toolkit.ts'
import { FargateLoginError } from '../error.ts'
import type { ContainerDocument } from '../task/definition-document.ts'
import type { TaskDefinition } from '../task/task-definition.ts'
import type { PlannedDerivation } from './planned-derivation.ts'

export interface EnterInput {
  readonly definition: TaskDefinition
  readonly derivation?: Pick<PlannedDerivation, 'dropped'>
  /** The container that runs sshd. */
  readonly container: string
}

/**
 * Whether the session can enter container `name` of the same task.
 * @returns the name
 * @throws FargateLoginError `container-ambiguous`, `task-definition-unusable`
 */
export function checkEnter({ definition, derivation, container: from }: EnterInput, name: string): string {
  const others = definition.containers
    .map((container) => container.name)
    .filter((other) => other !== from && other !== TOOLKIT_CONTAINER)
  if (!others.includes(name)) {
    throw new FargateLoginError(
      'container-ambiguous',
      `From container "${from}" of ${definition.arn} there is no container "${name}" to enter.`,
      { hint: whatElse(others, name, derivation) },
    )
  }
  if (definition.document.pidMode !== 'task') {
    throw new FargateLoginError(
      'task-definition-unusable',
      `The containers of ${definition.arn} do not see each other's processes.`,
      {
        hint: `--enter needs "pidMode": "task" in the task definition, and SYS_PTRACE in linuxParameters.capabilities.add of container "${from}".`,
      },
    )
  }
  return name
}

function whatElse(others: readonly string[], name: string, derivation: EnterInput['derivation']): string {
  if (derivation?.dropped.includes(name)) return `--inject leaves "${name}" out: add --keep-sidecars.`
  return others.length > 0 ? `It can enter: ${others.join(', ')}.` : 'There is no other container.'
}

/** Sentences for the user about why entering may fail once the task runs. */
export function enterNotes({ document }: TaskDefinition, from: string): readonly string[] {
  const container = document.containerDefinitions?.find(({ name }) => name === from)
  if (!container) return []
  if (!isRoot(container)) {
    return [
      `Container "${from}" does not run as root, and only root can --enter another: take "user" out of it.`,
    ]
  }
  if (container.privileged === true) return []
  const { add = [], drop = [] } = container.linuxParameters?.capabilities ?? {}
  const missing = drop.filter((dropped) => dropped === 'ALL' || NEEDED.has(dropped))
  if (missing.length > 0) {
    return [
      `Container "${from}" has ${missing.join(', ')} in linuxParameters.capabilities.drop: --enter needs ${[...NEEDED].join(', ')}.`,
    ]
  }
  if (add.some((added) => added === 'SYS_PTRACE' || added === 'ALL')) return []
  return [
    `Container "${from}" has no SYS_PTRACE in linuxParameters.capabilities.add, without which --enter most often fails.`,
  ]
}

/** What Docker gives, and entering takes, besides SYS_PTRACE. */
const NEEDED: ReadonlySet<string> = new Set(['SYS_CHROOT', 'SETUID', 'SETGID', 'SETPCAP'])

/** As far as the definition says: the image may name another user. */
function isRoot({ user }: ContainerDocument): boolean {
  return user === undefined || user === '' || /^(root|0+)(:|$)/.test(user)
}
