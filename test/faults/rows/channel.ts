import type { Row } from '../row.ts'

const step = 'channel'

export const channel: readonly Row[] = [
  ...(['refuses the channel', 'refuses the command'] as const).map(
    (peer): Row => ({
      step,
      fault: `the peer ${peer}`,
      arrange: { image: { peer } },
      expect: { status: 255, code: 'session-refused', hint: /another sshd/, task: 'stopped by the client' },
    }),
  ),
  ...(['never answers the channel', 'never answers the command'] as const).map(
    (peer): Row => ({
      step,
      fault: `the peer ${peer}`,
      seconds: 21,
      arrange: { image: { peer } },
      expect: { status: 255, code: 'session-refused', hint: /another sshd/, task: 'stopped by the client' },
    }),
  ),
  {
    step,
    fault: 'the peer refuses the PTY',
    arrange: { image: { peer: 'refuses the PTY' }, terminal: true },
    expect: { status: 255, code: 'session-refused', hint: /another sshd/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'sshd allows no session (MaxSessions 0)',
    arrange: { image: { sshdConfig: 'MaxSessions 0' } },
    expect: { status: 255, code: 'session-refused', hint: /another sshd/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the peer never answers the channel, SIGINT',
    arrange: { image: { peer: 'never answers the channel' } },
    act: async ({ client }) => {
      await client.said(/host key verified/)
      client.kill('SIGINT')
    },
    expect: { status: 130, code: 'cancelled', task: 'stopped by the client' },
  },
]
