import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContainerTasks, isEngineWanted, script, startContainerTasks, WAIT } from './container-tasks.ts'
import { isIn } from './start.ts'

describe.runIf(isEngineWanted)('a health check', { concurrent: true }, () => {
  let tasks: ContainerTasks

  beforeAll(async () => {
    tasks = await startContainerTasks()
  }, 300_000)
  afterAll(() => tasks[Symbol.asyncDispose]())

  function checked(text: string, command: string[]): Partial<ContainerDefinition> {
    return { name: 'checked', ...script(text), healthCheck: { command, interval: 5, timeout: 2, retries: 1 } }
  }

  const WAITING: Partial<ContainerDefinition> = {
    ...script(WAIT),
    dependsOn: [{ containerName: 'checked', condition: 'HEALTHY' }],
  }

  it('lets those start that wait for it, and shows in the container and the task', async () => {
    const arn = await tasks.run([
      WAITING,
      checked(`touch /tmp/ready; ${WAIT}`, ['CMD-SHELL', 'test -e /tmp/ready || exit 1']),
    ])
    const task = await tasks.local.until(arn, isIn('RUNNING'))
    expect(task).toMatchObject({
      healthStatus: 'HEALTHY',
      containers: [{ healthStatus: 'UNKNOWN' }, { healthStatus: 'HEALTHY' }],
    })
  })

  it('that fails shows, and the task goes on', async () => {
    const arn = await tasks.run([checked(WAIT, ['CMD', 'false'])])
    const task = await tasks.local.until(arn, ({ healthStatus }) => healthStatus === 'UNHEALTHY')
    expect(task).toMatchObject({ lastStatus: 'RUNNING', containers: [{ healthStatus: 'UNHEALTHY' }] })
  })

  it('keeps others waiting until startTimeout, or until its container ends', async () => {
    const never = { ...checked(WAIT, ['CMD', 'false']), startTimeout: 2 }
    expect(await tasks.ended([WAITING, never])).toMatchObject({
      stoppedReason: expect.stringMatching(/\[checked.* has timed out\.$/),
    })
    const gone = { ...checked('sleep 0.2; exit 3', ['CMD', 'false']), essential: false }
    expect(await tasks.ended([WAITING, gone])).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(/\[checked.* - Exit: 3\] for target \[app/),
    })
  })
})
