const LINE_FEED = 0x0a
const ESCAPE = 0x1b
/** Longer than the sequences that matter. */
const TAIL_BYTES = 32
/** What follows the escape. Full-screen programs end with one, and leave the cursor anywhere. */
const CONTROL_SEQUENCE = /^(\[[\d;?>]*[A-Za-z]|[>=78])$/

/** Where the output of a program has left the cursor: our own next line has to begin at the left. */
export class Cursor {
  #tail = Buffer.from([LINE_FEED])

  move(output: Buffer): void {
    this.#tail = Buffer.concat([this.#tail, output.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES)
  }

  get mayBeInLine(): boolean {
    return this.#tail.at(-1) !== LINE_FEED
  }

  get isInLine(): boolean {
    const afterEscape = this.#tail.subarray(this.#tail.lastIndexOf(ESCAPE) + 1).toString('latin1')
    return this.mayBeInLine && !CONTROL_SEQUENCE.test(afterEscape)
  }
}
