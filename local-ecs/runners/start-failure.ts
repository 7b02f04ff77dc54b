/**
 * A container cannot start. The task stops with `TaskFailedToStart` and this message, e.g. `CannotPullContainerError:
 * …`.
 */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'
}
