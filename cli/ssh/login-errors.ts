import { FargateLoginError } from '../core/error.ts'

// The errors of a failed login, each with the next action.

export function stuck(host: string, cause: unknown): FargateLoginError {
  return new FargateLoginError(
    'connection-silent',
    `${host} sent an SSH greeting and then stopped answering.`,
    {
      hint: "The sshd may have hung. See the task's log, and start again.",
      cause,
    },
  )
}

export function handshakeFailed(host: string, reason: string, cause?: Error): FargateLoginError {
  return new FargateLoginError('connection-lost', `The SSH handshake with ${host} failed: ${reason}.`, {
    hint: 'Use the paired image, or another SSH server that supports current algorithms.',
    cause,
  })
}

export function hostKeyMismatch(host: string, expected: string, shown: string): FargateLoginError {
  return new FargateLoginError(
    'host-key-mismatch',
    `${host} shows the host key ${shown}, but the task was given ${expected}.`,
    {
      hint:
        'Another server may be answering. With --keep-sidecars, another container may use the port: try --port. ' +
        'Or the image ignores FARGATE_LOGIN_HOST_KEY and makes its own (docs/other-images.md): ' +
        'if you trust the network, --host-key accept',
    },
  )
}

/** @param named whether the command line or the image named the user */
export function refusedKey(host: string, user: string, named: boolean, key: string): FargateLoginError {
  const check = named
    ? `Check that the image lets in ${user} (--user), and that it`
    : 'The image names no user, so root was tried: name its user with --user. Check that the image'
  return new FargateLoginError(
    'authentication-failed',
    `sshd at ${host} refuses the one-time key ${key} for user ${user}.`,
    {
      hint: `${check} reads the key from the variable of --key-env (docs/other-images.md). See the task's log.`,
    },
  )
}
