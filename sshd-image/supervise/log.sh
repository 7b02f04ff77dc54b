# Turns sshd's log (stdin) into one line for each connect, disconnect and refused attempt (stderr), and counts the logins
# in $private/accepted for limits.sh.
#
# sshd writes the words of strangers (names, last words) as they came, new lines included, so any line here may be forged.
# A login counts only with the fingerprint of an authorized key, which strangers do not know, and a disconnect only for a
# connection that is open. Lines of supervise.sh carry the name of the private directory, which strangers do not know
# either. So a stranger can at most appear to be refused under several names. Words of strangers are reduced to plain
# characters.
set -u
: "${private:?}" "${fingerprints:?}" "${start:?}"
umask 077
# It ends when sshd has closed the log, so as not to miss the last lines.
trap '' TERM INT HUP
. "${0%/*}/log-lines.sh"

carriage_return=$(printf '\r')
listening=''
logins=0
lines=0 omitted=0 # about strangers, in this minute
from='' plain='' # set by log-lines.sh
open=' '          # "from|user " of each connection
refused_key=''    # "from key" of the key that was refused last

while IFS= read -r line; do
  line=${line%"$carriage_return"}
  case $line in
    'Server listening on '*)
      [ -n "$listening" ] || say "listening on $start"
      listening=yes
      ;;
    'Accepted publickey for '*)
      key=${line##* }
      case $fingerprints in *" $key "*) ;; *) continue ;; esac
      line=${line%" ssh2: "*}
      read_address "$line"
      user=${line#Accepted publickey for }
      make_plain "${user%" from "*}"
      logins=$((logins + 1))
      echo "$logins" >"$private/accepted"
      open="$open$from|$plain "
      say "connect user=$plain from=$from key=$key"
      ;;
    'Failed publickey for '*)
      read_address "${line%" ssh2: "*}"
      refused_key="$from ${line##* }"
      ;;
    'Connection '*' by authenticating user '* | 'Disconnect'*' authenticating user '*)
      log_refusal "${line%' [preauth]'}" 'no key that may log in here'
      ;;
    'Connection '*' by invalid user '* | 'Disconnect'*' invalid user '*)
      log_refusal "${line%' [preauth]'}" 'a user who may not log in here'
      ;;
    # From OpenSSH 9.8 on "for connection from ADDRESS to ...", before that "for ADDRESS port PORT".
    'Timeout before authentication for connection from '*)
      line=${line#*' from '}
      log_refusal "${line%% *} port " 'did not log in in time'
      ;;
    'Timeout before authentication for '*' port '*) log_refusal "$line" 'did not log in in time' ;;
    'banner exchange: Connection from '*) log_refusal "${line%': invalid format'}" 'does not speak SSH' ;;
    'Unable to negotiate with '*) log_refusal "${line%%': no matching'*}" 'has no algorithm in common' ;;
    'drop connection #'*' from ['*)
      reason='too many connections that do not log in'
      case $line in *' penalty: '*) reason='another connection of its address did not log in in time' ;; esac
      line=${line#*' from ['}
      line=${line%%' on '*}
      log_refusal " ${line%%']:'*} port ${line##*']:'}" "$reason"
      ;;
    # Before OpenSSH 9.8.
    'beginning MaxStartups throttling'*) say_bounded 'throttling: too many connections that do not log in' ;;
    *' logging rate-limited: additional '*' connections dropped')
      line=${line#*' additional '}
      omitted=$((omitted + ${line%%[!0-9]*}))
      ;;
    'Timeout, client not responding from '*) read_address "$line" && log_disconnect 'no answer' ;;
    'Connection reset by '*) read_address "$line" && log_disconnect 'connection reset' ;;
    'Connection closed by '* | 'Closing connection to '*) read_address "$line" && log_disconnect 'connection closed' ;;
    'Disconnected from user '*) read_address "$line" && log_disconnect 'logged out' ;;
    "$private: idle after $logins") log_all_disconnects 'connection lost' ;;
    "$private: idle after "*) ;;
    "$private: a minute") start_minute ;;
    # What keeps sshd from starting, in its own words.
    *) [ -n "$listening" ] || say "sshd: $line" ;;
  esac
done
log_all_disconnects 'task ends'
start_minute
