# The prompt of an interactive shell that reads no start-up file, and would show `$ ` as on a laptop: dash, busybox sh.

# prompt_for SHELL: prints a prompt such as bash's, `app@ip-10-0-3-17:/srv$ `; nothing for a shell with one of its own.
prompt_for() {
  # shellcheck disable=SC2016 # the shell expands it, at each prompt
  case $(readlink -f "$1" 2>/dev/null || echo "$1") in
    */busybox) directory='\w' ;;
    */sh | */dash | */ash) directory='$PWD' ;;
    *) return 0 ;;
  esac
  host=$(uname -n)
  where=$USER@${host%%.*}
  # The shell would expand other characters as well.
  case $where in *[!A-Za-z0-9._@-]*) where=fargate-login ;; esac
  mark='$'
  [ "$(id -u)" != 0 ] || mark='#'
  printf '%s:%s%s ' "$where" "$directory" "$mark"
}
