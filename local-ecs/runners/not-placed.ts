/** There is no room for the task: RunTask answers it in `failures`, with HTTP 200. */
export class NotPlaced extends Error {
  override readonly name = 'NotPlaced'
  /** As ECS spells it, e.g. `RESOURCE:ENI`. */
  readonly reason: string

  constructor(reason: string, detail: string) {
    super(detail)
    this.reason = reason
  }
}
