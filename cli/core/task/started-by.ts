const PREFIX = 'fargate-login/'

/** The `startedBy` of a session's task. It finds the task without its ARN. */
export function startedBy(session: string): string {
  return `${PREFIX}${session}`
}

/** Sessions also name files, so `../x` must not be one. */
const SESSION = /^[a-z2-7]{12}$/

/** The session that the task was started for; `undefined` if fargate-login did not start it. */
export function sessionOf(text: string | undefined): string | undefined {
  if (!text?.startsWith(PREFIX)) return undefined
  const session = text.slice(PREFIX.length)
  return SESSION.test(session) ? session : undefined
}
