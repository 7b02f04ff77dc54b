import type { TaskDefinitionDocument } from '../../task/definition-document.ts'
import { unusable } from './refusal.ts'

/** The most containers that ECS allows in one task definition. */
const MOST_CONTAINERS = 10

/** The most bytes that ECS allows in one task definition. */
const MOST_BYTES = 65_536

/** @throws FargateLoginError `task-definition-unusable` if ECS would refuse the document for its size */
export function checkSize(registration: TaskDefinitionDocument): void {
  const containers = registration.containerDefinitions?.length ?? 0
  if (containers > MOST_CONTAINERS) {
    throw unusable(
      `With the session's helper, the task would have ${containers} containers; ECS allows ${MOST_CONTAINERS}.`,
      'Drop --keep-sidecars, or use a task definition with fewer containers.',
    )
  }
  const bytes = new TextEncoder().encode(JSON.stringify(registration)).length
  if (bytes > MOST_BYTES) {
    throw unusable(
      `The derived task definition has ${bytes} bytes; ECS allows ${MOST_BYTES}.`,
      'Drop --keep-sidecars, or move long environment values to environmentFiles or secrets.',
    )
  }
}
