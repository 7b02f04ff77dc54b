import type { PortMappingDocument } from '../../task/definition-document.ts'
import type { DeriveSource, SourceContainer } from '../source.ts'
import { unusable } from './refusal.ts'

/** @throws FargateLoginError `task-definition-unusable` if a container that is kept listens on our port */
export function checkPorts(source: DeriveSource, sidecars: readonly SourceContainer[], port: number): void {
  // In bridge mode each container has ports of its own.
  if (source.networkMode !== 'awsvpc' && source.networkMode !== 'host') return
  const clash = sidecars.find(({ portMappings = [] }) =>
    portMappings.some((mapping) => usesPort(mapping, port)),
  )
  if (!clash) return
  throw unusable(
    `Container "${clash.name}" already uses port ${port}, which the session needs.`,
    'Choose another port with --port.',
  )
}

function usesPort({ containerPort, containerPortRange = '' }: PortMappingDocument, port: number): boolean {
  const [first, last] = containerPortRange.split('-').map(Number)
  return (
    containerPort === port || (first !== undefined && last !== undefined && first <= port && port <= last)
  )
}
