import { register } from '../../helpers/register.ts'
import type { Arrangement, Row } from '../row.ts'

/** The default target's image, or another one, with a /tmp of one megabyte. */
function withTmpfs(readonlyRootFilesystem: boolean, image?: string): Arrangement {
  return {
    runner: 'container',
    make: ({ ecs }) =>
      register(ecs.client, {
        family: 'tiny',
        containerDefinitions: [
          {
            name: 'app',
            image: image ?? ecs.variables.FARGATE_LOGIN_TOOLKIT_IMAGE,
            readonlyRootFilesystem,
            linuxParameters: { tmpfs: [{ containerPath: '/tmp', size: 1, mountOptions: ['exec'] }] },
          },
        ],
      }),
    options: ['--task-definition', 'tiny', '--no-inject'],
  }
}

/** Where it takes a real engine. */
export const container: readonly Row[] = [
  {
    step: 'task',
    fault: 'its image is in no registry',
    needs: 'engine',
    arrange: withTmpfs(false, '127.0.0.1:1/nothing:latest'),
    expect: { status: 255, code: 'task-stopped', hint: /image URI/, task: 'ends by itself' },
  },
  {
    step: 'session',
    fault: 'the disk of the task fills up',
    needs: 'engine',
    arrange: {
      ...withTmpfs(true),
      command: ['sh', '-c', 'head -c 3000000 /dev/zero >/tmp/full; echo "$?, and here"'],
    },
    expect: { status: 0, stdout: '1, and here\n', task: 'stopped by the client' },
  },
  {
    step: 'session',
    fault: 'the connection breaks, on a terminal that the toolkit holds',
    needs: 'engine',
    arrange: {
      runner: 'container',
      terminal: true,
      options: ['-t'],
      command: ['sh', '-c', "pkill -9 -f '^sshd-session: root'; sleep 1; exit 5"],
    },
    expect: {
      status: 5,
      says: /reconnecting to .* of 120 s[\s\S]*Reconnected after/,
      task: 'stopped by the client',
    },
  },
]
