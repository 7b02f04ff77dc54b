import { expect, it } from 'vitest'
import { FargateLoginError } from '../../cli/core/error.ts'
import { stopTask } from '../../cli/session/task/stop.ts'
import { fakePorts } from '../helpers/fake-ports.ts'
import { RUNNING_TASK } from '../helpers/values.ts'

const INPUT = {
  session: 'abcdefghijkl',
  cluster: 'default',
  task: RUNNING_TASK,
  startedAt: undefined,
  centsPerHour: undefined,
  reason: 'over',
}

function failing() {
  return fakePorts({
    stopTask: async () => {
      throw new FargateLoginError('aws-refused', 'no')
    },
  }).ports
}

it('a stop that fails has its command on a line of its own', async () => {
  await expect(stopTask(INPUT, failing())).rejects.toMatchObject({
    hint: expect.stringMatching(
      /Stop it with:\naws ecs stop-task --cluster default --task \S+ --region \S+$/,
    ),
  })
})

it('a stop that fails recommends no command for an endpoint that ends with us', async () => {
  const access = { endpointUrl: 'http://127.0.0.1:1', endsWithUs: true } as const
  await expect(stopTask(INPUT, { ...failing(), access })).rejects.toMatchObject({
    hint: 'The task ends with the embedded ECS of this command.',
  })
})
