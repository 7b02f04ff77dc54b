/** A row of the table in docs/local.md: a fault for `fargate-login local --fault`, and its effect on a client. */
export type FaultRow = readonly [example: string, effect: string]
