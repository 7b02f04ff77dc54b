/** Set-up talks to stderr only: stdout belongs to the program that is set up. */
export function say(line) {
  process.stderr.write(`setup: ${line}\n`)
}
