import { type ContainerDefinition, StopTaskCommand, type Task } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContainerTasks, isEngineWanted, script, startContainerTasks, WAIT } from './container-tasks.ts'
import { isIn } from './start.ts'

describe.runIf(isEngineWanted)('containers that depend on each other', () => {
  let tasks: ContainerTasks

  beforeAll(async () => {
    tasks = await startContainerTasks()
  }, 300_000)
  afterAll(() => tasks[Symbol.asyncDispose]())

  /** Not essential, as what others wait for has to be. */
  function helper(name: string, text: string): Partial<ContainerDefinition> {
    return { name, essential: false, ...script(text) }
  }

  function waitsFor(containerName: string, condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY') {
    return { dependsOn: [{ containerName, condition }] }
  }

  function states({ containers = [] }: Task) {
    return containers.map(({ lastStatus }) => lastStatus)
  }

  const SHARED = { mountPoints: [{ sourceVolume: 'shared', containerPath: '/shared' }] }
  const VOLUME = { volumes: [{ name: 'shared' }] }

  it('start one after the other, whatever their order in the definition', async () => {
    const note = (name: string) => `echo ${name} >>/shared/order`
    const task = await tasks.ended(
      [
        {
          ...script(`${note('app')}; [ "$(echo $(cat /shared/order))" = "first second app" ] || exit 9`),
          ...SHARED,
          ...waitsFor('second', 'COMPLETE'),
        },
        { ...helper('second', `${note('second')}; exit 3`), ...SHARED, ...waitsFor('first', 'SUCCESS') },
        { ...helper('first', `sleep 0.3; ${note('first')}`), ...SHARED },
      ],
      VOLUME,
    )
    expect(task.containers).toMatchObject([
      { name: 'app', exitCode: 0 },
      { name: 'second', exitCode: 3 },
      { name: 'first', exitCode: 0 },
    ])
  })

  it('are pending while they wait, and so is the task; a stop ends the wait at once', async () => {
    const arn = await tasks.run([
      { ...script(WAIT), ...waitsFor('slow', 'SUCCESS') },
      helper('slow', `echo waiting; ${WAIT}`),
    ])
    const task = await tasks.local.until(
      arn,
      ({ containers }) => containers?.[1]?.lastStatus === 'RUNNING' && tasks.local.lines.includes('waiting'),
    )
    expect(states(task)).toEqual(['PENDING', 'RUNNING'])
    expect(task.lastStatus).toBe('PENDING')
    await tasks.local.client.send(new StopTaskCommand({ task: arn }))
    const stopped = await tasks.local.until(arn, isIn('STOPPED'))
    expect(stopped).toMatchObject({ stopCode: 'UserInitiated' })
    expect(stopped.startedAt).toBeUndefined()
    expect(stopped.containers?.map((container) => container.exitCode)).toEqual([undefined, 143])
  })

  it('fail the task where one that had to succeed did not', async () => {
    const task = await tasks.ended([
      { ...script(WAIT), ...waitsFor('setup', 'SUCCESS') },
      helper('setup', 'echo broken; exit 7'),
    ])
    const { image } = tasks
    const reason =
      `CannotStartContainerError: dependency graph: failed to resolve container ordering dependency ` +
      `[setup(${image}) (STOPPED->RUNNING) - Exit: 7] for target [app(${image}) (NONE->RUNNING)] ` +
      'as dependency did not exit successfully.'
    expect(task).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: reason })
    expect(task.containers).toMatchObject([{ exitCode: 143, reason }, { exitCode: 7 }])
    expect(tasks.local.lines.join('\n')).toMatch(
      /Container setup of task \w+ exited with status 7\n {2}broken/,
    )
  })

  it('do not fail the task where only one that is not essential waits in vain', async () => {
    const arn = await tasks.run([
      { ...script(WAIT) },
      { ...helper('extra', WAIT), ...waitsFor('setup', 'SUCCESS') },
      { ...helper('last', WAIT), ...waitsFor('extra', 'START') },
      helper('setup', 'exit 7'),
    ])
    const task = await tasks.local.until(arn, isIn('RUNNING'))
    expect(states(task)).toEqual(['RUNNING', 'STOPPED', 'STOPPED', 'STOPPED'])
    expect(task.containers?.[2]?.reason).toMatch(/because dependency will never start$/)
  })

  it('wait no longer than the startTimeout of the one that they wait for', async () => {
    const task = await tasks.ended([
      { ...script(WAIT), ...waitsFor('slow', 'COMPLETE') },
      { ...helper('slow', WAIT), startTimeout: 2 },
    ])
    expect(task).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(/container ordering dependency \[slow.* has timed out\.$/),
    })
  })

  it('end when an essential one ends while others wait', async () => {
    const task = await tasks.ended([
      { ...script('exit 4') },
      { name: 'waiting', ...script(WAIT), ...waitsFor('slow', 'SUCCESS') },
      helper('slow', WAIT),
    ])
    expect(task).toMatchObject({ stopCode: 'EssentialContainerExited' })
    expect(task.containers).toMatchObject([{ exitCode: 4 }, { name: 'waiting' }, { exitCode: 143 }])
    expect(task.containers?.[1]?.runtimeId).toBeUndefined()
  })

  it('are stopped in reverse, each with the time that it may take', async () => {
    const onTerm = (text: string) => `trap '${text}; exit 0' TERM; echo ready; while :; do sleep 0.05; done`
    const arn = await tasks.run([
      { name: 'database', stopTimeout: 5, ...script(onTerm('echo database goes')) },
      {
        stopTimeout: 5,
        ...script(onTerm('sleep 0.5; echo app goes')),
        ...waitsFor('database', 'START'),
      },
      {
        name: 'stubborn',
        stopTimeout: 2,
        ...script('trap "" TERM; echo ready; while :; do sleep 0.05; done'),
      },
    ])
    const isReady = () => tasks.local.lines.filter((line) => line === 'ready').length === 3
    await tasks.local.until(arn, (task) => isIn('RUNNING')(task) && isReady())
    await tasks.local.client.send(new StopTaskCommand({ task: arn }))
    const task = await tasks.local.until(arn, isIn('STOPPED'))
    expect(task.containers).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }, { exitCode: 137 }])
    expect(tasks.local.lines.filter((line) => line.endsWith(' goes'))).toEqual(['app goes', 'database goes'])
  })
})
