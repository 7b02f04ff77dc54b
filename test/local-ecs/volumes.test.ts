import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { StopTaskCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeContainerRunner } from '../../local-ecs/runners/container/container-runner.ts'
import {
  type ContainerTasks,
  exitCode,
  isEngineWanted,
  script,
  startContainerTasks,
  WAIT,
} from './container-tasks.ts'
import { isIn } from './start.ts'

const MOUNT = { mountPoints: [{ sourceVolume: 'shared', containerPath: '/shared' }] }
const VOLUMES = { volumes: [{ name: 'shared' }] }

describe.runIf(isEngineWanted)("a task's volumes", () => {
  let tasks: ContainerTasks
  let declaring: string

  beforeAll(async () => {
    tasks = await startContainerTasks()
    declaring = await tasks.build(
      [
        'RUN mkdir -p /tool/bin /plain /kept && echo from-image >/tool/bin/file && chown 1234:1234 /tool /plain',
        'RUN chmod 0750 /tool && echo plain >/plain/file && echo kept >/kept/file',
        'VOLUME /tool',
        'VOLUME ["/kept"]',
        'USER 1234',
      ].join('\n'),
    )
  }, 300_000)
  afterAll(() => tasks[Symbol.asyncDispose]())

  it('show to all containers what any of them writes, also while they run', async () => {
    const task = await tasks.ended(
      [
        {
          ...script(`until [ -e /shared/question ]; do sleep 0.05; done; echo 42 >/shared/answer; ${WAIT}`),
          name: 'other',
          ...MOUNT,
        },
        {
          ...script(
            'touch /shared/question; until [ -s /shared/answer ]; do sleep 0.05; done; exit "$(cat /shared/answer)"',
          ),
          ...MOUNT,
        },
      ],
      VOLUMES,
    )
    expect(exitCode(task, 'app')).toBe(42)
  })

  it("are empty and root's where the image declares no VOLUME at that very path", async () => {
    const look = '[ "$(stat -c "%u:%g %a" .)" = "0:0 755" ] && [ -z "$(ls -A)" ] || exit 9'
    const mountPoints = [
      { sourceVolume: 'a', containerPath: '/plain' },
      { sourceVolume: 'b', containerPath: '/tool/bin' },
      { sourceVolume: 'c', containerPath: '/new' },
    ]
    const text = `for place in /plain /tool/bin /new; do cd $place; ${look}; done`
    const task = await tasks.ended([{ image: declaring, ...script(text), mountPoints }], {
      volumes: [{ name: 'a' }, { name: 'b', host: {} }, { name: 'c' }],
    })
    expect(exitCode(task, 'app')).toBe(0)
  })

  it('are filled by the image that declares a VOLUME at that very path, for others too', async () => {
    const mountPoints = [{ sourceVolume: 'tool', containerPath: '/tool' }]
    const task = await tasks.ended(
      [
        {
          name: 'helper',
          image: declaring,
          essential: false,
          ...script('echo written >/tool/bin/../run-time'),
          mountPoints,
        },
        {
          dependsOn: [{ containerName: 'helper', condition: 'SUCCESS' }],
          ...script(
            '[ "$(cat /else/bin/file) $(cat /else/run-time)" = "from-image written" ] && ' +
              '[ "$(stat -c "%u %a" /else)" = "1234 750" ] && ! touch /else/x || exit 9',
          ),
          mountPoints: [{ sourceVolume: 'tool', containerPath: '/else', readOnly: true }],
        },
      ],
      { volumes: [{ name: 'tool' }] },
    )
    expect(task.containers).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }])
  })

  it('come from another container where volumesFrom says so, its VOLUMEs included', async () => {
    const task = await tasks.ended(
      [
        {
          volumesFrom: [{ sourceContainer: 'helper', readOnly: true }],
          ...script(
            '[ "$(cat /kept/file)" = kept ] && [ -d /shared ] && ! touch /kept/x && ! touch /shared/x || exit 9',
          ),
        },
        { name: 'helper', essential: false, image: declaring, ...script('exit 0'), ...MOUNT },
      ],
      VOLUMES,
    )
    expect(exitCode(task, 'app')).toBe(0)
  })

  it('are directories of the instance where they name one', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'fargate-login-test-'))
    await writeFile(join(directory, 'in'), 'in')
    const arn = await tasks.runOnInstance(
      [{ ...script('cp /shared/in /shared/out; chmod 644 /shared/out'), ...MOUNT }],
      {
        volumes: [{ name: 'shared', host: { sourcePath: directory } }],
      },
    )
    const task = await tasks.local.until(arn, isIn('STOPPED'))
    expect(exitCode(task, 'app')).toBe(0)
    expect(await readFile(join(directory, 'out'), 'utf8')).toBe('in')
    await rm(directory, { recursive: true })
  })

  it('go with the task, those of its images too', async () => {
    const before = await tasks.client('volume', 'ls', '-q')
    const arn = await tasks.run([{ ...script(WAIT), image: declaring, ...MOUNT }], VOLUMES)
    await tasks.local.until(arn, isIn('RUNNING'))
    const during = (await tasks.client('volume', 'ls', '-q')).split('\n')
    // The named one, and /tool and /kept.
    expect(during.filter((name) => !before.split('\n').includes(name))).toHaveLength(3)
    await tasks.local.client.send(new StopTaskCommand({ task: arn }))
    await tasks.local.until(arn, isIn('STOPPED'))
    const after = (await tasks.client('volume', 'ls', '-q')).split('\n')
    expect(after.filter((name) => during.includes(name) && !before.split('\n').includes(name))).toEqual([])
  })

  it('are swept up where a killed run left them', async () => {
    const labels = [
      ...['--label', 'fargate-login.local.runner-pid=99999999'],
      ...['--label', `fargate-login.local.runner-host=${hostname()}`],
    ]
    const name = `fargate-login-test-${process.pid}`
    await tasks.client('volume', 'create', ...labels, name)
    await makeContainerRunner({ client: tasks.engine, image: tasks.image }).close()
    await expect(tasks.client('volume', 'inspect', name)).rejects.toThrow(/no such volume/i)
  })
})
