import type { Account } from './account/account.ts'
import type { LocalServer } from './server.ts'
import { endTask } from './task/end-task.ts'

/** The door first, so that nothing new comes in; then the tasks; then what they ran on. */
export async function takeDown({ tasks, closing, runner }: Account, server: LocalServer): Promise<void> {
  await server.close()
  closing.abort()
  for (const task of tasks.values()) {
    endTask(task, { stopCode: 'TerminationNotice', reason: 'The local ECS was taken down.' })
  }
  await Promise.all([...tasks.values()].map(({ gone }) => gone))
  await runner.close()
}
