export type Environment = Readonly<Record<string, string | undefined>>

/** Names the process of the local ECS that a shell uses, so that `local --stop` finds it. */
export const PROCESS_VARIABLE = 'FARGATE_LOGIN_LOCAL_PROCESS'
