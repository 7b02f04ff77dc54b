/** Whether the remote command is one quoted word that only a shell could split: `'ls -la | wc -l'`. */
export function isShellLine(command: readonly string[]): boolean {
  const [word = '', ...others] = command
  return others.length === 0 && /[\s|&;<>()$`*?]/.test(word)
}
