/** Tag values allow letters, digits, spaces and `+ - = . _ : / @`, at most 256 characters. */
export function tagValue(text: string): string {
  return text.replace(/[^\p{L}\p{N} +\-=._:/@]/gu, '_').slice(0, 256)
}
