/** The variables of the process. An empty variable counts as unset. */
export type Environment = Readonly<Record<string, string | undefined>>
