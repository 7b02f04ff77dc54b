#!/bin/sh
# One session: sshd runs this for whatever the client asked for (shell, command, sftp), and it becomes just that,
# in the container's own environment and directory, as `docker exec` would. What it leaves behind is exec'd, so
# exit status and signal reach the client unchanged. Argument: the private directory.
private=$1
# shellcheck source=/dev/null # sets $toolkit, and the arguments to: directory, shell, NAME=VALUE...
. "$private/session.args"

# A terminal that outlives the connection, if the client asks for one: a program of its own that runs this script again
# and shows it here, or shows what it holds already.
if [ -n "${FARGATE_LOGIN_HOLD-}" ]; then
  hold=$FARGATE_LOGIN_HOLD
  unset FARGATE_LOGIN_HOLD
  if [ -x "$toolkit/libexec/hold" ]; then
    options=''
    case $hold: in *:keep:*) options="$options -k" ;; esac
    case $hold: in *:leave:*) options="$options -d" ;; esac
    case $hold: in *:again:*) options="$options -a" ;; esac
    case $hold in *:from=*) from=${hold##*:from=} options="$options -f ${from%%[!0-9]*}" ;; esac
    name=${hold%%:*}
    case $name in *[!A-Za-z0-9]*) name=terminal ;; esac
    case $hold: in
      *:state:*)
        if [ -f "$private/hold/$name.kept" ]; then echo running; else echo ended; fi
        exit
        ;;
    esac
    # shellcheck disable=SC2086 # words of ours
    exec "$toolkit/libexec/hold" $options "$private/hold/$name" "$toolkit/bin/sh" "$0" "$private"
  fi
fi

directory=$1
shell=$2
shift 2
[ "$shell" != - ] || shell=$SHELL
if [ -n "$toolkit" ]; then PATH=$toolkit/bin:$PATH; fi

cd -- "$directory" 2>/dev/null || {
  printf 'fargate-login: the working directory %s cannot be entered any more, this is / instead.\n' "$directory" >&2
  cd /
}

# For what supervise.sh has to tell: this process is the first on its terminal, and stays it. The next session on a terminal
# of that number writes over it.
[ -z "${SSH_TTY-}" ] || (umask 077 && echo "$$ $SSH_TTY" >"$private/terminals/${SSH_TTY##*/}") 2>/dev/null || :

# So that erasing takes whole characters. Clients may ask for it with the terminal (RFC 8160), and many do not.
[ -z "${SSH_TTY-}" ] || stty iutf8 2>/dev/null || :

if [ -n "${FARGATE_LOGIN_ENTER-}" ]; then
  if [ -z "$toolkit" ]; then
    printf 'fargate-login: only the toolkit can enter another container, and it is not in this image.\n' >&2
    exit 69
  fi
  exec "$toolkit/bin/sh" "${0%/*}/enter.sh" "$toolkit" "$FARGATE_LOGIN_ENTER"
fi

# env takes the last of several values. So what comes before the container's own is only for what it has not set,
# and what comes after wins.
set -- USER="$USER" LOGNAME="$LOGNAME" HOME="$HOME" SHELL="$shell" PATH="${PATH#"$toolkit/bin:"}" "$@"
if [ -n "${SSH_TTY-}" ]; then
  # The client's language if the image knows it, else one that at least shows UTF-8.
  language=C.UTF-8
  if [ -n "${LANG-}" ] && [ "$(locale charmap 2>/dev/null)" = UTF-8 ]; then language=$LANG; fi
  set -- LANG="$language" "$@" TERM="$TERM" SSH_TTY="$SSH_TTY"
  [ -z "${COLORTERM-}" ] || set -- "$@" COLORTERM="$COLORTERM"
fi
set -- "$@" SSH_CONNECTION="$SSH_CONNECTION"
[ -z "${SSH_AUTH_SOCK-}" ] || set -- "$@" SSH_AUTH_SOCK="$SSH_AUTH_SOCK"

# For a person, and where the image has no shell, the toolkit's programs (vi, ps, less...) come after the image's own.
if [ -n "$toolkit" ]; then
  case ${SSH_TTY:+terminal}:$shell in
    terminal:* | *":$toolkit/bin/sh")
      for variable; do
        case $variable in PATH=*) path=${variable#PATH=} ;; esac
      done
      set -- "$@" PATH="$path:$toolkit/bin"
      ;;
  esac
fi

# Not a login shell: /etc/profile would replace the container's PATH.
[ -n "${SSH_ORIGINAL_COMMAND+given}" ] || exec env -i -- "$@" "$shell"

# bash reads ~/.bashrc even for a command when its input is a socket and it is the outermost shell (SHLVL).
exec env -i -- SHLVL=1 "$@" "$shell" -c "$SSH_ORIGINAL_COMMAND"
