# The shell of a session: the user's own where the image has it, otherwise bash, otherwise sh of the image, otherwise the
# toolkit's. toolkit/enter/shell.c chooses in the same way for a session in another container.

# account FILE UID: sets $name, $home and $login_shell from a file like /etc/passwd; fails if it has no such user.
account() {
  # A pipe or a device may never end.
  if [ ! -f "$1" ] || [ ! -r "$1" ]; then return 1; fi
  # The last line may lack its end.
  while IFS=: read -r name _ account_uid _ _ home login_shell || [ -n "$name" ]; do
    [ "$account_uid" != "$2" ] || return 0
  done <"$1"
  return 1
}

# works SHELL: does it exist and run commands? An image may have a shell whose libraries are gone, or one that waits for
# something, and no time limit of the task counts yet.
works() {
  case ${1##*/} in '' | nologin | false) return 1 ;; esac
  [ -x "$1" ] && timeout -s KILL 2 "$1" -c : </dev/null >/dev/null 2>&1
}

# find_shell OWN FALLBACK: sets $shell; fails where not even the last works.
find_shell() {
  for shell in "$1" /bin/bash /usr/bin/bash /usr/local/bin/bash /bin/sh /usr/bin/sh "$2"; do
    if works "$shell"; then return 0; fi
  done
  return 1
}
