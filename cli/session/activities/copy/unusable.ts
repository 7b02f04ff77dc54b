/** What cannot be a destination, and why. */
export const UNUSABLE: Readonly<Record<string, string>> = {
  other: 'It is neither a file nor a folder',
  astray: 'There is no such folder',
}
