/** A row of the table in docs/local.md: a fault as `fargate-login local --fault` takes it, and what a client sees. */
export type FaultRow = readonly [example: string, effect: string]
