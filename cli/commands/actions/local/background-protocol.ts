// Between `local --detach` and the process that it leaves in the background. Until the latter has its `Release`, it
// ends with the former.

/** From the background: it listens. */
export interface Ready {
  readonly environment: Readonly<Record<string, string>>
  readonly endpointUrl: string
  readonly runner: string
}

/** To the background: the user has the variables. */
export interface Release {
  /** Ends with this process; see `identifyProcess`. */
  readonly leader?: string
}
