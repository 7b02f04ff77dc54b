export interface LocalOptions {
  readonly port?: number
  readonly runner: 'auto' | 'container' | 'process'
  readonly secret?: Readonly<Record<string, string>>
  readonly fault?: readonly string[]
  readonly verbose?: boolean
}

/** The options as words of a command line. */
export function optionWords({ port, runner, secret = {}, fault = [] }: LocalOptions): readonly string[] {
  return [
    ...(port === undefined ? [] : [`--port=${port}`]),
    `--runner=${runner}`,
    ...Object.entries(secret).map(([name, value]) => `--secret=${name}=${value}`),
    ...fault.map((text) => `--fault=${text}`),
  ]
}
