import picocolors from 'picocolors'

export type Colours = ReturnType<typeof picocolors.createColors>

/** Colour on a terminal that supports it, unless NO_COLOR (https://no-color.org) is set. */
export function coloursFor(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Colours {
  return picocolors.createColors(
    stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb',
  )
}
