/** How long `up` and stock ssh keep a task after its last connection, if nobody says otherwise. */
export const DEFAULT_KEEP_SECONDS = 900
