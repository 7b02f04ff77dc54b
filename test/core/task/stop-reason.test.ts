import { describe, expect, it } from 'vitest'
import { taskStopped } from '../../../cli/core/task/stop-reason.ts'
import { TASK } from '../../helpers/values.ts'

describe('taskStopped', () => {
  it('keeps the words of ECS, and each container that has something to say', () => {
    const error = taskStopped(
      {
        ...TASK,
        lastStatus: 'STOPPED',
        stoppedReason: 'Essential container in task exited',
        containers: [
          { name: 'app', exitCode: 137, reason: 'OutOfMemoryError: container killed', ports: [] },
          { name: 'proxy', ports: [] },
        ],
      },
      {},
    )
    expect(error.message).toBe(
      'Task 0123456789abcdef stopped: Essential container in task exited\n' +
        '  container app: exit code 137, OutOfMemoryError: container killed',
    )
    expect(error.hint).toMatch(/memory/)
  })

  it('tells a reason once, which ECS repeats for each container', () => {
    const reason = 'CannotPullContainerError: pull image manifest has been retried 5 time(s): not found'
    const containers = [
      { name: 'toolkit', reason, ports: [] },
      { name: 'app', reason, exitCode: 1, ports: [] },
      { name: 'proxy', reason: 'something else', ports: [] },
      { name: 'log', reason: 'something else', ports: [] },
    ]
    expect(taskStopped({ ...TASK, stoppedReason: reason, containers }, {}).message).toBe(
      `Task 0123456789abcdef stopped: ${reason}\n` +
        '  container app: exit code 1\n' +
        '  container proxy: something else',
    )
  })

  it('recommends no command for an endpoint that ends with us', () => {
    const access = { endpointUrl: 'http://127.0.0.1:1', endsWithUs: true } as const
    expect(taskStopped({ ...TASK, stoppedReason: 'something new' }, access).hint).toBe("See the task's log.")
  })

  it.each([
    ['CannotPullContainerError: request canceled while waiting for connection', /NAT/],
    ['CannotPullContainerError: pull image manifest: x:latest: not found', /image URI/],
    ['CannotPullContainerError: toomanyrequests: You have reached', /mirror/],
    ['ResourceInitializationError: unable to pull secrets or registry auth', /execution role/],
    ['ResourceInitializationError: failed to validate logger args', /log group/],
    ['CannotStartContainerError: exec: "x": executable file not found', /entry point/],
    ['Your Spot Task was interrupted.', /Spot/],
    ['something new', /aws ecs describe-tasks --cluster default --tasks arn:/],
  ])('has a remedy for %s', (stoppedReason, hint) => {
    expect(taskStopped({ ...TASK, stoppedReason }, {}).hint).toMatch(hint)
  })

  it('gives the command to look at it with the Region, profile and endpoint of the user', () => {
    const access = { profile: 'dev', endpointUrl: 'https://ecs.example' }
    expect(taskStopped({ ...TASK, stoppedReason: 'something new' }, access).hint).toMatch(
      / --region us-east-1 --profile dev --endpoint-url https:\/\/ecs\.example$/,
    )
  })

  it('knows the status by which the image refuses its environment', () => {
    const containers = [{ name: 'app', exitCode: 64, ports: [] }]
    expect(
      taskStopped({ ...TASK, stoppedReason: 'Essential container in task exited', containers }, {}).hint,
    ).toMatch(/--key-type .* --key-env/)
  })

  it('speaks of the entrypoint only before the session', () => {
    const task = {
      ...TASK,
      stoppedReason: 'Essential container in task exited',
      containers: [{ name: 'app', exitCode: 137, ports: [] }],
    }
    expect(taskStopped(task, {}).hint).toMatch(/entrypoint/)
    expect(taskStopped(task, {}, true).hint).toMatch(/container ended.*137 means that it was killed/)
    expect(taskStopped(task, {}, true).hint).not.toMatch(/entrypoint/)
  })
})
