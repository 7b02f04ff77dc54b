#!/bin/sh
# One session: sshd runs this for whatever the client asked for (shell, command, sftp), and it becomes just that,
# in the container's own environment and directory, as `docker exec` would. What it leaves behind is exec'd, so
# exit status and signal reach the client unchanged. Argument: the private directory.
private=$1
# shellcheck source=/dev/null # sets the arguments to: directory, NAME=VALUE...
. "$private/session.args"
directory=$1
shift

cd -- "$directory" 2>/dev/null || {
  printf 'fargate-login: the working directory %s cannot be entered any more, this is / instead.\n' "$directory" >&2
  cd /
}

# env takes the last of several values. So what comes before the container's own is only for what it has not set,
# and what comes after wins.
set -- USER="$USER" LOGNAME="$LOGNAME" HOME="$HOME" SHELL="$SHELL" PATH="$PATH" "$@"
if [ -n "${SSH_TTY-}" ]; then
  # The client's language if the image knows it, else one that at least shows UTF-8.
  language=C.UTF-8
  if [ -n "${LANG-}" ] && [ "$(locale charmap 2>/dev/null)" = UTF-8 ]; then language=$LANG; fi
  set -- LANG="$language" "$@" TERM="$TERM" SSH_TTY="$SSH_TTY"
  # So that erasing takes whole characters. Clients may ask for it with the terminal (RFC 8160), and many do not.
  stty iutf8 2>/dev/null || :
  [ -z "${COLORTERM-}" ] || set -- "$@" COLORTERM="$COLORTERM"
fi
set -- "$@" SSH_CONNECTION="$SSH_CONNECTION"
[ -z "${SSH_AUTH_SOCK-}" ] || set -- "$@" SSH_AUTH_SOCK="$SSH_AUTH_SOCK"

# Not a login shell: /etc/profile would replace the container's PATH.
[ -n "${SSH_ORIGINAL_COMMAND+given}" ] || exec env -i -- "$@" "$SHELL"

# bash reads ~/.bashrc even for a command when its input is a socket and it is the outermost shell (SHLVL).
exec env -i -- SHLVL=1 "$@" "$SHELL" -c "$SSH_ORIGINAL_COMMAND"
