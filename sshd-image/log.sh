#!/bin/sh
# Turns sshd's log (stdin) into one line for each connect, disconnect and refused attempt (stderr), and counts the
# logins in $private/accepted for supervise.sh.
#
# sshd writes what strangers say (names, last words) as it came, new lines included, so any line here may be forged. What
# counts as a login has the fingerprint of an authorized key, which strangers do not know; a disconnect concerns a
# connection that is open; the name of the private directory, which they do not know either, marks what supervise.sh
# says. What is left is that a stranger can be refused under several names. Whatever is quoted is reduced to plain
# characters.
set -u
: "${private:?}" "${fingerprints:?}" "${start:?}" "${suffix?}"
umask 077
# It ends when sshd has closed the log, so as not to miss the last lines.
trap '' TERM INT HUP

say() {
  printf 'fargate-login: %s%s\n' "$1" "$suffix" >&2
}

# plain TEXT: sets $plain to TEXT as one harmless word.
plain() {
  plain=$1
  case $plain in
    '' | *[!A-Za-z0-9._:-]*) plain=$(printf %s "$1" | LC_ALL=C tr -c 'A-Za-z0-9._:-' '?' | cut -c 1-64) ;;
  esac
}

# peer "... ADDRESS port N": sets $address and $from. Read from the right, as the name to the left may hold anything.
peer() {
  address=${1%" port "*}
  address=${address##* }
  from_port=${1##*" port "}
  from_port=${from_port%%[!0-9]*}
  case $address in
    *:*) from="[$address]${from_port:+:}$from_port" ;;
    *) from="$address${from_port:+:}$from_port" ;;
  esac
}

# bounded LINE: says what strangers cause, as often as they like: sixty lines a minute, and then how many more.
bounded() {
  if [ "$said" -lt 60 ]; then
    said=$((said + 1))
    say "$1"
  else
    unsaid=$((unsaid + 1))
  fi
}

# next_minute
next_minute() {
  [ "$unsaid" -eq 0 ] || say "refused $unsaid more, of which there are no lines"
  said=0 unsaid=0
}

# refused LINE REASON: $from was not let in; LINE has its name before the address, when it came so far as to give one.
refused() {
  peer "$1"
  who=''
  case $1 in
    *' user '*)
      name=${1#*' user '}
      plain "${name%" $address port "*}"
      who="user=$plain "
      ;;
  esac
  key=''
  case $tried in "$from "*) key=" key=${tried#* }" ;; esac
  bounded "refused ${who}from=$from$key reason=\"$2\""
}

# closed REASON: $from is gone, if it was logged in.
closed() {
  case $open in
    *" $from|"*)
      user=${open#*" $from|"}
      say "disconnect user=${user%% *} from=$from reason=\"$1\""
      open="${open%%" $from|"*} ${user#* }"
      ;;
  esac
}

# close_all REASON
close_all() {
  for entry in $open; do
    from=${entry%"|"*}
    closed "$1"
  done
}

carriage_return=$(printf '\r')
listening=''
accepted=0
said=0 # lines about strangers in this minute
unsaid=0
open=' ' # "from|user " of each connection
tried='' # "from key" of the key that was refused last

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
      peer "$line"
      user=${line#Accepted publickey for }
      plain "${user%" from "*}"
      accepted=$((accepted + 1))
      echo "$accepted" >"$private/accepted"
      open="$open$from|$plain "
      say "connect user=$plain from=$from key=$key"
      ;;
    'Failed publickey for '*)
      peer "${line%" ssh2: "*}"
      tried="$from ${line##* }"
      ;;
    'Connection '*' by authenticating user '* | 'Disconnect'*' authenticating user '*)
      refused "${line%' [preauth]'}" 'no key that may log in here'
      ;;
    'Connection '*' by invalid user '* | 'Disconnect'*' invalid user '*)
      refused "${line%' [preauth]'}" 'a user who may not log in here'
      ;;
    'Timeout before authentication for '*' port '*) refused "$line" 'did not log in in time' ;;
    'Timeout before authentication for connection from '*)
      line=${line#*' from '}
      refused "${line%% *} port " 'did not log in in time'
      ;;
    'banner exchange: Connection from '*) refused "${line%': invalid format'}" 'does not speak SSH' ;;
    'Unable to negotiate with '*) refused "${line%%': no matching'*}" 'has no algorithm in common' ;;
    'drop connection #'*' from ['*)
      line=${line#*' from ['}
      line=${line%%' on '*}
      refused " ${line%%']:'*} port ${line##*']:'}" 'too many connections that do not log in'
      ;;
    'beginning MaxStartups throttling'*) bounded 'throttling: too many connections that do not log in' ;;
    'Timeout, client not responding from '*) peer "$line" && closed 'no answer' ;;
    'Connection reset by '*) peer "$line" && closed 'connection reset' ;;
    'Connection closed by '* | 'Closing connection to '*) peer "$line" && closed 'connection closed' ;;
    'Disconnected from user '*) peer "$line" && closed 'logged out' ;;
    "$private: idle after $accepted") close_all 'connection lost' ;;
    "$private: idle after "*) ;;
    "$private: a minute") next_minute ;;
    # Whatever keeps sshd from starting, in its own words.
    *) [ -n "$listening" ] || say "sshd: $line" ;;
  esac
done
close_all 'task ends'
next_minute
