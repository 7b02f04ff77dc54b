/** How many files of a folder are under way at once, because each one costs round trips. */
export const AT_ONCE = 16
