/** The user's own environment, read in this one place: where programs and caches are, what the engine's client obeys. */
export function machineEnvironment(): Readonly<NodeJS.ProcessEnv> {
  // biome-ignore lint/style/noProcessEnv: the configuration of the program comes from config/, this is not part of it
  return process.env
}
