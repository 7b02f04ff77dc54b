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
 * Checks that the session can enter container `name` of the same task.
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
      `${definition.arn} has no other container "${name}" to enter.`,
      { hint: alternatives(others, name, derivation) },
    )
  }
  if (definition.document.pidMode !== 'task') {
    throw new FargateLoginError(
      'task-definition-unusable',
      `The containers of ${definition.arn} cannot see each other's processes.`,
      {
        hint: `--enter needs "pidMode": "task" in the task definition, and SYS_PTRACE in linuxParameters.capabilities.add of container "${from}".`,
      },
    )
  }
  return name
}

function alternatives(others: readonly string[], name: string, derivation: EnterInput['derivation']): string {
  if (derivation?.dropped.includes(name)) return `--inject leaves "${name}" out: add --keep-sidecars.`
  return others.length > 0 ? `You can enter: ${others.join(', ')}.` : 'There is no other container.'
}

/** Sentences that tell the user why --enter may fail in the running task. */
export function enterNotes({ document }: TaskDefinition, from: string): readonly string[] {
  const container = document.containerDefinitions?.find(({ name }) => name === from)
  if (!container) return []
  if (!isRoot(container)) {
    return [`Container "${from}" does not run as root, and only root can --enter another: remove its "user".`]
  }
  if (container.privileged === true) return []
  const { add = [], drop = [] } = container.linuxParameters?.capabilities ?? {}
  const missing = drop.filter((dropped) => dropped === 'ALL' || NEEDED.has(dropped))
  if (missing.length > 0) {
    return [
      `Container "${from}" drops ${missing.join(', ')} in linuxParameters.capabilities.drop, but --enter needs ${[...NEEDED].join(', ')}.`,
    ]
  }
  if (add.some((added) => added === 'SYS_PTRACE' || added === 'ALL')) return []
  return [
    `Container "${from}" has no SYS_PTRACE in linuxParameters.capabilities.add; --enter usually fails without it.`,
  ]
}

/** The capabilities that --enter needs in addition to SYS_PTRACE. Docker grants them by default. */
const NEEDED: ReadonlySet<string> = new Set(['SYS_CHROOT', 'SETUID', 'SETGID', 'SETPCAP'])

/** Judges by the definition only; the image may name another user. */
function isRoot({ user }: ContainerDocument): boolean {
  return user === undefined || user === '' || /^(root|0+)(:|$)/.test(user)
}
