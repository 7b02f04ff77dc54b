import { FargateLoginError } from '../error.ts'
import type { ContainerDefinition, TaskDefinition } from '../task/task-definition.ts'
import { foreignWords } from '../text/foreign-words.ts'
import { quoteWord } from '../text/quote.ts'

/** A Docker label that marks the container to log in to, unless its value is `false`. */
export const CONTAINER_LABEL = 'fargate-login'

/**
 * Chooses the container that runs sshd: the named one, the only one, the labelled one, or the one with our image.
 * @throws FargateLoginError `container-ambiguous`, with the candidates
 */
export function chooseContainer(definition: TaskDefinition, name: string | undefined): ContainerDefinition {
  const { containers } = definition
  if (name !== undefined) return pickNamed(definition, name)
  if (containers.length === 1) return containers[0]

  for (const marks of [isLabelled, carriesOurImage]) {
    const marked = containers.filter(marks)
    const [only] = marked
    if (only && marked.length === 1) return only
    if (marked.length > 1) throw ambiguous(definition, marked)
  }
  throw ambiguous(definition, containers)
}

function pickNamed(definition: TaskDefinition, name: string): ContainerDefinition {
  const found = definition.containers.find((container) => container.name === name)
  if (found) return found
  throw new FargateLoginError('container-ambiguous', `${definition.arn} has no container named "${name}".`, {
    hint: `Choose one of:\n${list(definition.containers)}`,
  })
}

export function isLabelled({ labels }: Pick<ContainerDefinition, 'labels'>): boolean {
  const label = labels[CONTAINER_LABEL]
  return label !== undefined && label !== 'false'
}

function carriesOurImage(container: ContainerDefinition): boolean {
  const repository = container.image.replace(/[:@][^/]*$/, '')
  return /(^|\/)fargate-login[^/]*$/.test(repository)
}

function ambiguous(
  definition: TaskDefinition,
  candidates: readonly ContainerDefinition[],
): FargateLoginError {
  return new FargateLoginError(
    'container-ambiguous',
    `${definition.arn} has ${candidates.length} containers that could run sshd.`,
    { hint: `Choose one of:\n${list(candidates)}` },
  )
}

function list(containers: readonly ContainerDefinition[]): string {
  return containers
    .map(({ name, image }) => `  --container ${quoteWord(name)}   (image ${foreignWords(image)})`)
    .join('\n')
}
