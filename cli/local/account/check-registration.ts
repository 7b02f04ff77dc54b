import { clientException } from '../protocol/refusal.ts'
import type { ContainerDefinition } from './container-definition.ts'
import type { Registration } from './task-definition.ts'

/** Checks what RegisterTaskDefinition checks, as far as it matters to a task that really runs. */
export function checkRegistration(registration: Registration): void {
  const { family, containerDefinitions: containers } = registration
  if (!/^[\w-]{1,255}$/.test(family)) throw clientException('Invalid family name.')
  if (containers.length === 0) throw clientException('Container list cannot be empty.')
  if (containers.length > 10) throw clientException('Too many containers: at most 10 are allowed.')
  const names = containers.map(({ name }) => name)
  if (new Set(names).size < names.length) throw clientException('Container names should be unique.')
  if (!containers.some(({ essential }) => essential)) {
    throw clientException('All containers are non-essential. At least one container must be essential.')
  }
  for (const container of containers) checkContainer(container, registration)
  if (registration.requiresCompatibilities?.includes('FARGATE')) checkFargate(registration)
}

function checkContainer(
  { name, image, portMappings }: ContainerDefinition,
  { networkMode }: Registration,
): void {
  if (!/^[\w-]{1,255}$/.test(name)) throw clientException('Invalid container name.')
  if (image === '') throw clientException('Container.image should not be null or empty.')
  if (networkMode !== 'awsvpc' && networkMode !== 'host') return
  for (const { containerPort, hostPort } of portMappings) {
    if (hostPort && hostPort !== containerPort) {
      throw clientException(
        `When networkMode=${networkMode}, the host ports and container ports in port mappings must match.`,
      )
    }
  }
}

/** Memory in MiB by CPU units. */
const FARGATE_SIZES: Readonly<Record<string, (memory: number) => boolean>> = {
  256: (memory) => [512, 1024, 2048].includes(memory),
  512: (memory) => isStep(memory, 1024, 4096, 1024),
  1024: (memory) => isStep(memory, 2048, 8192, 1024),
  2048: (memory) => isStep(memory, 4096, 16_384, 1024),
  4096: (memory) => isStep(memory, 8192, 30_720, 1024),
  8192: (memory) => isStep(memory, 16_384, 61_440, 4096),
  16384: (memory) => isStep(memory, 32_768, 122_880, 8192),
}

function isStep(value: number, from: number, to: number, step: number): boolean {
  return value >= from && value <= to && value % step === 0
}

function checkFargate({ networkMode, cpu = '', memory }: Registration): void {
  if (networkMode !== 'awsvpc') throw clientException("Fargate only supports network mode 'awsvpc'.")
  if (!FARGATE_SIZES[cpu]?.(Number(memory))) {
    throw clientException('No Fargate configuration exists for given values.')
  }
}
