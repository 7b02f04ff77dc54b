export type ServiceName = 'ecs' | 'ec2' | 'sts'

/** One request of a client, whatever protocol it came in. */
export interface Call {
  readonly service: ServiceName
  /** As the API spells it, e.g. `RunTask`. */
  readonly operation: string
  /** Not validated yet. */
  readonly input: unknown
  readonly signed: boolean
}
