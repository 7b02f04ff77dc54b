import { quoteWord } from '../../text/quote.ts'
import type { DeriveSource, SourceContainer } from '../source.ts'
import { TOOLKIT_CONTAINER, TOOLKIT_VOLUME } from '../toolkit.ts'
import { unusable } from './refusal.ts'

/** Marks the family of a derived task definition. */
export const DERIVED_SUFFIX = '-fargate-login'

const NAME_ANOTHER = 'Name another with --task-definition.'

/**
 * Checks that an SSH server can be put into the source.
 * @returns the container to put it into
 * @throws FargateLoginError `task-definition-unusable`
 */
export function checkSource(source: DeriveSource, container: string): SourceContainer {
  checkNotDerived(source)
  checkPlatform(source)
  checkNamespaces(source)
  const app = source.containerDefinitions.find(({ name }) => name === container)
  if (!app) {
    const names = source.containerDefinitions.map(({ name }) => `  --container ${quoteWord(name)}`)
    throw unusable(
      `${label(source)} has no container "${container}".`,
      ['Choose one of:', ...names].join('\n'),
    )
  }
  if (app.disableNetworking === true) {
    throw unusable(
      `Container "${container}" has disableNetworking: nothing can connect to it.`,
      'Choose another with --container, or register a revision without disableNetworking.',
    )
  }
  return app
}

/** The definition's name in messages: its ARN, which includes the revision, or its family. */
export function label({ taskDefinitionArn, family }: DeriveSource): string {
  return taskDefinitionArn ?? family
}

function checkNotDerived(source: DeriveSource): void {
  const { family, containerDefinitions, volumes = [] } = source
  if (containerDefinitions.some(({ name }) => name === TOOLKIT_CONTAINER)) {
    if (family.endsWith(DERIVED_SUFFIX)) {
      const original = family.slice(0, -DERIVED_SUFFIX.length)
      throw unusable(
        `${label(source)} was already derived by fargate-login.`,
        `Name the original: --task-definition ${quoteWord(original)}`,
      )
    }
    throw unusable(`${label(source)} has its own container "${TOOLKIT_CONTAINER}".`, NAME_ANOTHER)
  }
  if (volumes.some(({ name }) => name === TOOLKIT_VOLUME.name)) {
    throw unusable(
      `${label(source)} has a volume "${TOOLKIT_VOLUME.name}", which is the name of the session's own volume.`,
      'Register a revision with another name for that volume.',
    )
  }
}

function checkPlatform(source: DeriveSource): void {
  const { requiresCompatibilities = [] } = source
  if (requiresCompatibilities.length > 0 && requiresCompatibilities.every((type) => type === 'EXTERNAL')) {
    throw unusable(
      `${label(source)} is for ECS Anywhere, and an external instance has no address in EC2.`,
      'Run it on Fargate or EC2: register a revision with FARGATE or EC2 in requiresCompatibilities.',
    )
  }
}

function checkNamespaces(source: DeriveSource): void {
  if (source.networkMode === 'none') {
    throw unusable(
      `${label(source)} has networkMode none: nothing can connect to its tasks.`,
      'Use a task definition with awsvpc, bridge or host.',
    )
  }
  if (source.pidMode === 'host') {
    throw unusable(
      `${label(source)} has pidMode host: a session could see and signal every process on the instance, ` +
        'and processes that it leaves behind would outlive the task.',
      'Register a revision without pidMode, and name it with --task-definition.',
    )
  }
}
