import type { ErrorCode } from '../../../cli/core/error.ts'
import type { Row } from '../row.ts'

const CONNECTING = /Waiting for sshd on [\d.]+:2222/

interface Peer {
  readonly step: Row['step']
  readonly peer: string
  readonly fault?: string
  readonly code: ErrorCode
  readonly hint: RegExp
  readonly timeout?: number
  /** As every sshd is, so that the client has been refused before. */
  readonly late?: true
}

/** What else may listen where sshd should, until the time is up or it is clear that it is no use. */
const PEERS: readonly Peer[] = [
  {
    step: 'TCP',
    peer: 'drops packets',
    fault: 'the port is silent',
    code: 'connection-silent',
    hint: /security group/,
    timeout: 10,
  },
  { step: 'TCP', peer: 'says nothing', code: 'connection-silent', hint: /--port/, timeout: 16 },
  { step: 'TCP', peer: 'hangs up', code: 'connection-refused', hint: /no sshd listens/, timeout: 5 },
  { step: 'TCP', peer: 'resets', code: 'connection-refused', hint: /no sshd listens/, timeout: 5 },
  { step: 'handshake', peer: 'greets as a mail server', code: 'not-ssh', hint: /--port/ },
  { step: 'handshake', peer: 'sends garbage', code: 'not-ssh', hint: /--port/ },
  { step: 'handshake', peer: 'sends 10 MB of lines', code: 'not-ssh', hint: /--port/ },
  {
    step: 'handshake',
    peer: 'greets and says no more',
    code: 'connection-silent',
    hint: /may have hung/,
    timeout: 16,
    late: true,
  },
  { step: 'handshake', peer: 'greets and hangs up', code: 'connection-lost', hint: /paired image/ },
  { step: 'handshake', peer: 'greets and resets', code: 'connection-lost', hint: /paired image/ },
  { step: 'handshake', peer: 'greets and sends garbage', code: 'connection-lost', hint: /paired image/ },
  {
    step: 'authentication',
    peer: 'never answers the authentication',
    code: 'connection-silent',
    hint: /may have hung/,
    timeout: 16,
    late: true,
  },
  {
    step: 'authentication',
    peer: 'resets at the authentication',
    code: 'connection-lost',
    hint: /paired image/,
  },
]

const peers: readonly Row[] = PEERS.map(({ step, peer, fault, code, hint, timeout = 60, late }) => ({
  step,
  fault: fault ?? `the peer ${peer}`,
  ...(timeout < 60 && { seconds: timeout }),
  arrange: {
    image: { peer, ...(late && { after: 1 }) },
    options: ['--timeout', String(timeout)],
  },
  expect: { status: 255, code, hint, task: 'stopped by the client' },
}))

export const connection: readonly Row[] = [
  ...peers,
  {
    step: 'TCP',
    fault: 'the port is closed',
    arrange: { image: { script: 'exec sleep 1000' }, options: ['--timeout', '5'] },
    expect: { status: 255, code: 'connection-refused', hint: /--inject/, task: 'stopped by the client' },
  },
  {
    step: 'TCP',
    fault: 'the port is closed, SIGINT',
    arrange: { image: { script: 'exec sleep 1000' }, terminal: true },
    act: async ({ client }) => {
      await client.said(CONNECTING)
      client.kill('SIGINT')
    },
    expect: { status: 130, code: 'cancelled', task: 'stopped by the client' },
  },
  {
    step: 'TCP',
    fault: 'the port is silent, SIGTERM',
    needs: 'Linux',
    arrange: { image: { peer: 'drops packets' } },
    act: async ({ client }) => {
      await client.said(CONNECTING)
      client.kill('SIGTERM')
    },
    expect: { status: 143, code: 'cancelled', task: 'stopped by the client' },
  },
  {
    step: 'TCP',
    fault: 'the task dies while it is tried',
    arrange: { image: { script: 'sleep 1; exit 7' } },
    expect: { status: 255, code: 'task-stopped', hint: /See its log/, task: 'ends by itself' },
  },
  {
    step: 'handshake',
    fault: 'the host key is another one',
    arrange: { image: { script: 'unset FARGATE_LOGIN_HOST_KEY; exec /bin/sh "$entrypoint"' } },
    expect: {
      status: 255,
      code: 'host-key-mismatch',
      hint: /FARGATE_LOGIN_HOST_KEY/,
      task: 'stopped by the client',
    },
  },
  {
    step: 'handshake',
    fault: 'the peer greets and says no more, SIGHUP',
    arrange: { image: { peer: 'greets and says no more' } },
    act: async ({ client }) => {
      await client.said(CONNECTING)
      client.kill('SIGHUP')
    },
    expect: { status: 129, code: 'cancelled', task: 'stopped by the client' },
  },
  {
    step: 'authentication',
    fault: 'the user is another one',
    arrange: { options: ['--user', 'nobody-at-all'] },
    expect: { status: 255, code: 'authentication-failed', hint: /--user/, task: 'stopped by the client' },
  },
  {
    step: 'authentication',
    fault: 'sshd takes no public key',
    arrange: {
      image: { sshdConfig: 'PubkeyAuthentication no\nPasswordAuthentication yes\nAuthenticationMethods any' },
    },
    expect: { status: 255, code: 'authentication-failed', hint: /--key-env/, task: 'stopped by the client' },
  },
]
