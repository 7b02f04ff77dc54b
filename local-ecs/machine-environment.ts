/** The user's own environment, for paths of programs and caches, and for the engine's client. Only read here. */
export function machineEnvironment(): Readonly<NodeJS.ProcessEnv> {
  // biome-ignore lint/style/noProcessEnv: config/ handles the program's settings, and these variables are not among them
  return process.env
}
