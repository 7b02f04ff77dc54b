# Runs the command of a session in an environment that is whole. dash and the shell of busybox drop variables whose names
# are not a shell's, such as my.setting, which are usual with Java.

# run_command NAME=VALUE...: becomes $SSH_ORIGINAL_COMMAND in that environment, by means of $shell. Where that drops names,
# it does without a shell if the command needs none, and otherwise takes bash if the image has it.
run_command() {
  : "${shell:?}" "${SSH_ORIGINAL_COMMAND?}"
  if has_odd_name "$@" && ! keeps_odd_names "$shell"; then
    if is_plain "$SSH_ORIGINAL_COMMAND" && find_program "$@"; then
      eval "set -- \"\$@\" \"\$program\" ${SSH_ORIGINAL_COMMAND#"$first"}"
      exec env -i -- "$@"
    fi
    for bash in /bin/bash /usr/bin/bash /usr/local/bin/bash; do
      if keeps_odd_names "$bash"; then shell=$bash && break; fi
    done
  fi
  # bash reads ~/.bashrc even for a command when its input is a socket and it is the outermost shell (SHLVL).
  exec env -i -- SHLVL=1 "$@" "$shell" -c "$SSH_ORIGINAL_COMMAND"
}

has_odd_name() {
  for variable; do
    case ${variable%%=*} in *[!A-Za-z0-9_]* | [0-9]*) return 0 ;; esac
  done
  return 1
}

# keeps_odd_names SHELL: does it pass such variables on to its children?
keeps_odd_names() {
  [ -x "$1" ] || return 1
  case $(env -i -- odd.name=kept PATH="$PATH" "$1" -c 'env; :' 2>/dev/null </dev/null) in
    *odd.name=kept*) return 0 ;;
  esac
  return 1
}

# is_plain COMMAND: is it a program with arguments, bare or in '', and nothing else for a shell to do? Sets $first to its
# first word.
is_plain() {
  first=${1%% *}
  case $first in '' | *[!A-Za-z0-9_/.:@%+,-]*) return 1 ;; esac
  rest=$1 bare=''
  while
    case $rest in *\'*) ;; *) false ;; esac
  do
    outside=${rest%%\'*}
    rest=${rest#*\'}
    bare=$bare${outside%\\}
    # Behind a backslash the quotation mark stands for itself; otherwise it begins what the next one ends.
    [ "$outside" = "${outside%\\}" ] || continue
    case $rest in *\'*) rest=${rest#*\'} ;; *) return 1 ;; esac
  done
  case $bare$rest in *[!A-Za-z0-9_/.:@%+,=\ -]*) return 1 ;; esac
}

# find_program NAME=VALUE...: sets $program to the file that $shell would run for $first; fails for a word that the shell
# understands itself.
find_program() {
  # shellcheck disable=SC2016 # for the other shell
  kind=$(env -i -- "$@" "$shell" -c 'type "$1"' sh "$first" 2>/dev/null </dev/null) || return 1
  program=${kind#"$first is "}
  case $program in
    /*) ;;
    # busybox, of a program that it is itself.
    "$first") ;;
    *) return 1 ;;
  esac
}
