import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ContainerTasks,
  exitCode,
  isEngineWanted,
  script,
  startContainerTasks,
  WAIT,
} from './container-tasks.ts'
import { isIn } from './start.ts'

describe.runIf(isEngineWanted)('pidMode task', () => {
  let tasks: ContainerTasks

  beforeAll(async () => {
    tasks = await startContainerTasks()
  }, 300_000)
  afterAll(() => tasks[Symbol.asyncDispose]())

  const PAIR = [
    { name: 'other', ...script(`marker=here; ${WAIT}`) },
    {
      ...script(
        // The other one is seen, and neither of them is PID 1, which reaps what they leave behind.
        'until cat /proc/[0-9]*/cmdline | grep -q marker=[h]ere; do sleep 0.05; done; [ $$ != 1 ] || exit 8; ' +
          '(sleep 0.1 &); sleep 0.3; ! grep -l "^State:.Z" /proc/[0-9]*/status || exit 9; exit 5',
      ),
    },
  ]

  it('shows the processes of all containers to each', async () => {
    expect(exitCode(await tasks.ended(PAIR, { pidMode: 'task' }), 'app')).toBe(5)
  })

  it('does so without a network of the task, too', async () => {
    const arn = await tasks.runOnInstance(PAIR, { pidMode: 'task' })
    expect(exitCode(await tasks.local.until(arn, isIn('STOPPED')), 'app')).toBe(5)
  })

  it('leaves the other container its end', async () => {
    const arn = await tasks.run(
      [{ name: 'other', essential: false, ...script('exit 3') }, { ...script(WAIT) }],
      { pidMode: 'task' },
    )
    const task = await tasks.local.until(
      arn,
      (seen) => isIn('RUNNING')(seen) && exitCode(seen, 'other') !== undefined,
    )
    expect(exitCode(task, 'other')).toBe(3)
  })
})
