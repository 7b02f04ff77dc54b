# Connections that do not log in, and what is done where they crowd. To be sourced by supervise.sh, after processes.sh.
# shellcheck disable=SC2034,SC2154 # variables that supervise.sh has

# openers: sets $openers to the number of connections that have not logged in, as sshd counts them (MaxStartups).
openers() {
  title "$listener"
  openers=0
  case $title in
    *'[listener] '*' of '*)
      openers=${title##*'[listener] '}
      openers=${openers%% *}
      ;;
  esac
}

# make_room: where openers crowd, they have a second or two instead of LoginGraceTime; first those that have not named a
# user (which takes a key exchange), the oldest first. And new ones are let in a moment each second: the kernel makes the
# others wait in a queue and ask ever more rarely, where sshd would turn them away, to ask again at once and by thousands.
# So each comes to its turn, and a login is one of them.
make_room() {
  openers
  [ "$openers" -gt 125 ] || return 0
  kill -s STOP "$listener"
  surplus=$((openers - 125))
  children "$listener"
  connections=$children
  for stage in '[accepted]' '[priv]'; do
    # shellcheck disable=SC2086
    set -- $connections
    for connection; do
      [ "$surplus" -gt 0 ] || break
      title "$connection"
      case $title in *" $stage") ;; *) continue ;; esac
      if [ "$stage" = '[priv]' ] && logged_in "$connection"; then continue; fi
      # The signal with which sshd itself says that the time is over.
      kill -s ALRM "$connection" 2>/dev/null
      surplus=$((surplus - 1))
    done
  done
  kill -s CONT "$listener"
  for _ in 1 2 3 4 5 6 7 8; do
    pause 0.05
    openers
    if [ "$openers" -ge 250 ]; then
      kill -s STOP "$listener"
      return
    fi
  done
}
