# One session: sshd runs $private/session for each request of a client (shell, command, sftp), and that becomes this. It
# becomes the requested program, in the container's own environment and directory, as `docker exec` would. It execs the
# program, so exit status and signal reach the client unchanged.
# Arguments: HERE TOOLKIT DIRECTORY SHELL [NAME=VALUE]..., see boot/session-file.sh; - for no toolkit, and for sshd's SHELL.
here=$1 toolkit=${2#-} directory=$3 shell=$4
shift 4
[ "$shell" != - ] || shell=$SHELL
private=${0%/*}
. "$here/session/command.sh"
. "$here/session/prompt.sh"

# A client can ask for a terminal that outlives its connection. `hold` is a program that runs this script again and shows it
# here, or shows what it holds already.
if [ -n "${FARGATE_LOGIN_HOLD-}" ] && [ -n "$toolkit" ]; then
  request=$FARGATE_LOGIN_HOLD
  unset FARGATE_LOGIN_HOLD
  exec "$toolkit/libexec/hold" "$private/hold" "$request" "$toolkit/bin/sh" "$0"
fi

if [ -n "$toolkit" ]; then PATH=$toolkit/bin:$PATH; fi

cd -- "$directory" 2>/dev/null || {
  printf 'fargate-login: the working directory %s cannot be entered any more, this is / instead.\n' "$directory" >&2
  cd /
}

if [ -n "${SSH_TTY-}" ]; then
  # For supervise/terminals.sh: this process is and stays the first on its terminal. The next session on a terminal of that
  # number writes over the file.
  (umask 077 && echo "$$ $SSH_TTY" >"$private/terminals/${SSH_TTY##*/}") 2>/dev/null || :
  # So that erasing takes whole characters. Clients may ask for it with the terminal (RFC 8160), and many do not.
  stty iutf8 2>/dev/null || :
  # The modes of the client's terminal, for a held one: the PTY request was for the one that shows it.
  # shellcheck disable=SC2086 # words
  case ${FARGATE_LOGIN_STTY-} in
    '' | *[!a-z0-9\ -]* | *--*) ;;
    *) stty $FARGATE_LOGIN_STTY 2>/dev/null || : ;;
  esac
fi

if [ -n "${FARGATE_LOGIN_ENTER-}" ]; then
  [ -z "$toolkit" ] || exec "$toolkit/bin/sh" "$here/session/enter.sh" "$toolkit" "$FARGATE_LOGIN_ENTER"
  printf 'fargate-login: only the toolkit can enter another container, and it is not in this image.\n' >&2
  exit 69
fi

# env takes the last of several values. So the values before the container's own fill gaps, and those after it win.
set -- USER="$USER" LOGNAME="$LOGNAME" HOME="$HOME" SHELL="$shell" PATH="${PATH#"$toolkit/bin:"}" "$@"
if [ -n "${SSH_TTY-}" ]; then
  # The client's language if the image knows it, otherwise one that at least shows UTF-8.
  language=C.UTF-8
  if [ -n "${LANG-}" ] && [ "$(locale charmap 2>/dev/null)" = UTF-8 ]; then language=$LANG; fi
  prompt=''
  [ -n "${SSH_ORIGINAL_COMMAND+given}" ] || prompt=$(prompt_for "$shell")
  set -- LANG="$language" ${prompt:+"PS1=$prompt"} "$@" TERM="$TERM" SSH_TTY="$SSH_TTY"
  [ -z "${COLORTERM-}" ] || set -- "$@" COLORTERM="$COLORTERM"
fi
set -- "$@" SSH_CONNECTION="$SSH_CONNECTION"
[ -z "${SSH_AUTH_SOCK-}" ] || set -- "$@" SSH_AUTH_SOCK="$SSH_AUTH_SOCK"

# For a person, for a client that asks (a copy needs tar), for the other end of rsync, and where the image has no shell, the
# toolkit's programs (vi, ps, tar...) come after the image's own.
if [ -n "$toolkit" ]; then
  case ${SSH_TTY:+person}${FARGATE_LOGIN_TOOLS:+person}:$shell:${SSH_ORIGINAL_COMMAND-} in
    person*:* | *":$toolkit/bin/sh:"* | *":rsync --server "*)
      for variable; do
        case $variable in PATH=*) path=${variable#PATH=} ;; esac
      done
      set -- "$@" PATH="$path:$toolkit/bin"
      ;;
  esac
fi

# Not a login shell: /etc/profile would replace the container's PATH.
[ -n "${SSH_ORIGINAL_COMMAND+given}" ] || exec env -i -- "$@" "$shell"
run_command "$@"
