import type { TaskDefinitionDocument } from '../../task/definition-document.ts'
import { unusable } from './refusal.ts'

/** Containers that ECS takes in one task definition. */
const MOST_CONTAINERS = 10

/** Bytes that ECS takes in one task definition. */
const MOST_BYTES = 65_536

/** @throws FargateLoginError `task-definition-unusable` when ECS would refuse the document for its size */
export function checkSize(registration: TaskDefinitionDocument): void {
  const containers = registration.containerDefinitions?.length ?? 0
  if (containers > MOST_CONTAINERS) {
    throw unusable(
      `With the session's helper the task would have ${containers} containers; ECS allows ${MOST_CONTAINERS}.`,
      'Leave --keep-sidecars out, or use a task definition with fewer containers.',
    )
  }
  const bytes = new TextEncoder().encode(JSON.stringify(registration)).length
  if (bytes > MOST_BYTES) {
    throw unusable(
      `The derived task definition takes ${bytes} bytes; ECS allows ${MOST_BYTES}.`,
      'Leave --keep-sidecars out, or move long values of environment to environmentFiles or secrets.',
    )
  }
}
