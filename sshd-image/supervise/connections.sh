# Finds out whether anybody needs the task: a client that has logged in, or a held program that is to go on.

# connected: is a client logged in? Told by ancestry, because other sshds may run on this machine.
connected() {
  children "${listener?}"
  : "${children?}"
  # shellcheck disable=SC2086 # a list of numbers
  set -- $children
  for connection; do
    if is_logged_in "$connection"; then return 0; fi
  done
  return 1
}

# is_logged_in PID: does this child of the listener serve a client that has logged in? It does so itself or, where sshd
# separates privileges, its child does. Then its title is "NAME [priv]", from the time that the client has named a user.
is_logged_in() {
  if serves_session "$1"; then return 0; fi
  : "${title?}"
  case $title in *' [priv]') ;; *) return 1 ;; esac
  children "$1"
  for process in $children; do
    if serves_session "$process"; then return 0; fi
  done
  return 1
}

# serves_session PID: is its title "sshd: NAME..." ("sshd-session:" from OpenSSH 9.8 on)? sshd puts [priv], [net],
# [accepted] or [listener] behind the titles of its other processes.
serves_session() {
  title "$1"
  case $title in
    *' ['*) return 1 ;;
    'sshd: '* | 'sshd-session: '*) return 0 ;;
    *) return 1 ;;
  esac
}

# holds_program: does `hold` run a program that is to go on while nobody is connected?
holds_program() {
  for mark in "${private:?}"/hold/*.kept; do
    read -r keeper 2>/dev/null <"$mark" || continue
    title "$keeper"
    case $title in */libexec/hold*) return 0 ;; esac
  done
  return 1
}
