/** One thing in which two task definitions differ. It holds no value of an environment variable or a log option. */
export interface Difference {
  readonly sign: '+' | '-' | '~'
  /** `family`, `containers.app.mountPoints[/opt/fargate-login]`, `volumes.fargate-login` */
  readonly path: string
  /** The container or volume that has changed in it: `container app`. */
  readonly within?: string
  /** What people call it: `family`, `mountPoints`, `container datadog (image datadog/agent:7)`. */
  readonly what: string
  /** A value, or an item of a list in words. Absent where there is none, where it is an object, or may be secret. */
  readonly before?: unknown
  readonly after?: unknown
}
