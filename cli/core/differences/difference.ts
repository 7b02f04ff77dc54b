/** One difference between two task definitions. It never holds the value of an environment variable or a log option. */
export interface Difference {
  readonly sign: '+' | '-' | '~'
  /** `family`, `containers.app.mountPoints[/opt/fargate-login]`, `volumes.fargate-login` */
  readonly path: string
  /** The container or volume that contains the difference: `container app`. */
  readonly within?: string
  /** Its name for people: `family`, `mountPoints`, `container datadog (image datadog/agent:7)`. */
  readonly what: string
  /** A value, or a list item in words. Absent if there is no value, or it is an object or may be secret. */
  readonly before?: unknown
  readonly after?: unknown
}
