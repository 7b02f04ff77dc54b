/** The command line cannot be carried out as it stands. usage/advise.ts words it. */
export class Refusal extends Error {
  /** Commander's own code, or one of remote-argv.ts. */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
