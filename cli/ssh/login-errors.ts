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

export interface RefusedLogin {
  readonly host: string
  readonly user: string
  /** The container's user, if the banner names it. */
  readonly owner: string | undefined
  /** Whether the command line or the image named the user. */
  readonly isNamed: boolean
  /** The fingerprint of the one-time key. */
  readonly userKey: string
}

export function refusedLogin(login: RefusedLogin): FargateLoginError {
  const { owner, user } = login
  return owner === undefined || owner === user ? refusedKey(login) : refusedUser(user, owner)
}

/** Only root can let in other users. */
function refusedUser(user: string, owner: string): FargateLoginError {
  const fact =
    owner === 'root' ? `lets in root, and refuses ${user}` : `lets in only ${owner}, and not ${user}`
  const id = user === 'root' ? '0' : user
  return new FargateLoginError('authentication-failed', `The container ${fact}.`, {
    hint:
      `Leave out --user to log in as ${owner}. ` +
      `To log in as ${user}, run a task definition whose container has "user": "${id}".`,
  })
}

function refusedKey({ host, user, isNamed, userKey }: RefusedLogin): FargateLoginError {
  const check = isNamed
    ? `Check that the image lets in ${user} (--user), and that it`
    : 'The image names no user, so root was tried: name its user with --user. Check that the image'
  return new FargateLoginError(
    'authentication-failed',
    `sshd at ${host} refuses the one-time key ${userKey} for user ${user}.`,
    {
      hint: `${check} reads the key from the variable of --key-env (docs/other-images.md). See the task's log.`,
    },
  )
}
