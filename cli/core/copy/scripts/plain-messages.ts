/** Without this, the messages are in the user's language. */
export const PLAIN_MESSAGES = 'LC_ALL=C; export LC_ALL'
