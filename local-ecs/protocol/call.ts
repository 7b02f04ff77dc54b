export type ServiceName = 'ecs' | 'ec2' | 'sts'

/** A client's request, independent of its protocol. */
export interface Call {
  readonly service: ServiceName
  /** As the API spells it, e.g. `RunTask`. */
  readonly operation: string
  /** Not validated yet. */
  readonly input: unknown
  readonly signed: boolean
}
