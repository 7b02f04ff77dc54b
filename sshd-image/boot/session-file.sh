# The file that sshd runs for each session: it sets the arguments of session/session.sh and becomes it.

# write_session_file: writes $private/session, which says
# "set -- HERE TOOLKIT DIRECTORY SHELL [HOME=...] NAME=VALUE...".
# The environment comes from the block that the kernel keeps of the start of this process, because a shell drops names
# with dots. It passes through octal numbers, because only od and printf take every byte.
write_session_file() {
  : "${here:?}" "${private:?}" "${toolkit?}" "${shell?}" "${home?}"
  # One NAME=VALUE a line, as " 101 075 061", without our own variables and without what has no name.
  variables=$(environment | octal | sed 's/ $//; s/ 000/|/g' | tr '|' '\n' |
    sed -e "/^ 106 101 122 107 101 124 105 137 114 117 107 111 116 137/d" -e '/ 075/!d' -e '/^ 075/d')
  # sshd must not know a home that does not exist, so the session gets it from here, unless the container sets one.
  words=$(for word in "$here" "${toolkit:--}" "${PWD:-/}" "${shell:--}" ${toolkit:+"HOME=$home"}; do
    word=$(printf %s "$word" | octal)
    printf '%s\n' "${word% }"
  done)
  # Quoted as the shell reads it: ' becomes '\''.
  printf "set -- %b\n. \"\$1/session/session.sh\"\n" "$(printf '%s\n%s\n' "$words" "$variables" |
    sed -e '/^$/d' -e 's/ 047/ 047 134 047 047/g' -e 's/ /\\0/g' -e "s/^/'/" -e "s/\$/'/" | tr '\n' ' ')" \
    >"$private/session"
}

# environment: prints the environment that the container started with, each variable with a zero byte behind it.
environment() {
  if [ -r "/proc/$$/environ" ]; then
    cat "/proc/$$/environ"
  else
    env -0 2>/dev/null || env | tr '\n' '\000'
  fi
}

octal() {
  od -An -v -to1 | LC_ALL=C tr -s ' \n' '  '
}
