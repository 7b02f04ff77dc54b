/** There is no room for the task. RunTask answers with HTTP 200 and `failures`. */
export class NotPlaced extends Error {
  override readonly name = 'NotPlaced'
  /** In ECS's spelling, e.g. `RESOURCE:ENI`. */
  readonly reason: string

  constructor(reason: string, detail: string) {
    super(detail)
    this.reason = reason
  }
}
