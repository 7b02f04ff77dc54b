# The one directory to which the image writes: the keys, the configuration, and notes between its processes.

# make_private_directory: sets private. The directory goes away when this shell ends; supervise.sh takes over from it.
make_private_directory() {
  : "${here:?}"
  private=''
  trap '[ -z "$private" ] || rm -rf -- "$private"' EXIT
  # A log that nobody reads any more must not end this shell before it has removed the keys.
  trap '' PIPE
  # PID 1 ignores every signal that it does not catch.
  trap 'exit 143' TERM
  trap 'exit 130' INT
  # sshd_config and the forced command name the directory unquoted, so an odd TMPDIR is passed over. The toolkit has a
  # place of its own in case nothing else is writable.
  case ${TMPDIR-} in
    /*[!A-Za-z0-9/._+-]* | [!/]*) TMPDIR='' ;;
  esac
  for base in /run /dev/shm "${TMPDIR:-/tmp}" /tmp "$here/run"; do
    private=$(mktemp -d "${base%/}/fargate-login.XXXXXXXX" 2>/dev/null) || continue
    # A full file system still makes directories. These are about as many bytes as there will be.
    if cat "$here"/*.sh "$here"/*/*.sh 2>/dev/null >"$private/line"; then return; fi
    rm -rf -- "$private"
    private=''
  done
  die 69 'no place is writable for the keys.' 'Mount a tmpfs on /tmp or /run.'
}
