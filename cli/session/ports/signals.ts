/** The signals that ask our process to end: SIGINT, SIGTERM, SIGHUP and SIGQUIT. */
export interface Signals {
  /** Hands them to the listener instead of cancelling, until it is disposed of. */
  divert(listener: (signal: NodeJS.Signals) => void): Disposable
}
