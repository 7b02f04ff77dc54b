const PREFIX = 'fargate-login/'

/** What RunTask is told as `startedBy`: it is how a session's task is found again without its ARN. */
export function startedBy(session: string): string {
  return `${PREFIX}${session}`
}

/** Sessions name files, too: `../x` is the name of none. */
const SESSION = /^[a-z2-7]{12}$/

/** The session that a task was started for; `undefined` where somebody else started it. */
export function sessionOf(text: string | undefined): string | undefined {
  if (!text?.startsWith(PREFIX)) return undefined
  const session = text.slice(PREFIX.length)
  return SESSION.test(session) ? session : undefined
}
