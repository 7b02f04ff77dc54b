/** Tag values take letters, digits, spaces and `+ - = . _ : / @`, 256 at most. */
export function tagValue(text: string): string {
  return text.replace(/[^\p{L}\p{N} +\-=._:/@]/gu, '_').slice(0, 256)
}
