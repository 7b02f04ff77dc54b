import { clientException } from '../../protocol/refusal.ts'
import type { Registration } from '../task-definition.ts'
import { checkContainer } from './check-container.ts'
import { checkContainerSizes } from './check-container-sizes.ts'
import { checkDependencies } from './check-dependencies.ts'
import { checkLogging } from './check-logging.ts'
import { checkRoles } from './check-roles.ts'
import { checkVolumes } from './check-volumes.ts'
import { OBSTACLES } from './obstacles.ts'

/** In bytes of JSON. */
const LARGEST = 65_536

/** Repeats the checks of RegisterTaskDefinition that matter to a running task. */
export function checkRegistration(registration: Registration, body: unknown): void {
  const { family, containerDefinitions: containers } = registration
  if (!/^[\w-]{1,255}$/.test(family)) throw clientException('Invalid family name.')
  if (containers.length === 0) throw clientException('Container list cannot be empty.')
  if (containers.length > 10) throw clientException('Too many containers: at most 10 are allowed.')
  const names = containers.map(({ name }) => name)
  if (new Set(names).size < names.length) throw clientException('Container names should be unique.')
  if (!containers.some(({ essential }) => essential)) {
    throw clientException('All containers are non-essential. At least one container must be essential.')
  }
  const length = Buffer.byteLength(JSON.stringify(body))
  if (length > LARGEST) {
    throw clientException(`Actual length: '${length}'. Max allowed length is '${LARGEST}' bytes.`)
  }
  for (const container of containers) checkContainer(container, registration)
  checkContainerSizes(containers, registration)
  checkRoles(registration)
  checkVolumes(registration)
  checkDependencies(registration)
  checkLogging(registration)
  for (const where of registration.requiresCompatibilities ?? []) {
    const obstacle = OBSTACLES[where](registration)
    if (obstacle !== undefined) throw clientException(obstacle)
  }
}
