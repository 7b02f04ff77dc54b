import { FargateLoginError } from '../core/error.ts'

// Why a login did not come about, each with the next action.

/** One that was kept in a file may be. */
export function damagedKey(): FargateLoginError {
  return new FargateLoginError('authentication-failed', 'The private key of the session is damaged.', {
    hint: 'Nobody can come back to that session without it.',
  })
}

export function stuck(host: string, cause: unknown): FargateLoginError {
  return new FargateLoginError('connection-silent', `${host} greets as an SSH server, and goes no further.`, {
    hint: 'An sshd that hangs looks like this: look at the log of the task, and start again.',
    cause,
  })
}

export function handshakeFailed(host: string, why: string, cause?: Error): FargateLoginError {
  return new FargateLoginError('connection-lost', `The SSH handshake with ${host} failed: ${why}.`, {
    hint: 'Is the peer the paired image, or another SSH server that supports current algorithms?',
    cause,
  })
}

export function hostKeyMismatch(host: string, expected: string, shown: string): FargateLoginError {
  return new FargateLoginError(
    'host-key-mismatch',
    `${host} is not the task: its host key is ${shown}, the task's is ${expected}.`,
    {
      hint:
        'Somebody else answers at this address, or the image does not take FARGATE_LOGIN_HOST_KEY (docs/image.md). ' +
        'Or another container of the task listens on that port itself (--keep-sidecars): choose another with --port. ' +
        'For a foreign image on a network that you trust: --host-key accept',
    },
  )
}

export function refusedKey(host: string, user: string, key: string): FargateLoginError {
  return new FargateLoginError(
    'authentication-failed',
    `sshd at ${host} refuses the one-time key ${key} for user ${user}.`,
    {
      hint:
        'Is that the user of the container (--user), and does the image read the key from the variable of ' +
        '--key-env? Its log says what it saw.',
    },
  )
}
