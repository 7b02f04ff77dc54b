import type { Account } from './account/account.ts'
import type { LocalServer } from './server.ts'
import { endTask } from './task/end-task.ts'

/** Closes the server first, so that no new tasks arrive. Then ends the tasks and closes the runner. */
export async function takeDown({ tasks, closing, runner }: Account, server: LocalServer): Promise<void> {
  await server.close()
  closing.abort()
  for (const task of tasks.values()) {
    endTask(task, { stopCode: 'TerminationNotice', reason: 'The local ECS was taken down.' })
  }
  await Promise.all([...tasks.values()].map(({ gone }) => gone))
  await runner.close()
}
