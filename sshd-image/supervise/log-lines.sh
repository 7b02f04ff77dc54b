# Writes the lines of the log that people read. log.sh decides which.

# say TEXT
say() {
  printf 'fargate-login: %s%s\n' "$1" "${suffix?}" >&2
}

# say_bounded TEXT: for what strangers can cause as often as they like: sixty lines a minute, and then the number of others.
say_bounded() {
  if [ "$lines" -lt 60 ]; then
    lines=$((lines + 1))
    say "$1"
  else
    omitted=$((omitted + 1))
  fi
}

# start_minute: says how many lines there were not in the last one.
start_minute() {
  [ "$omitted" -eq 0 ] || say "refused $omitted more, without a line for each"
  lines=0 omitted=0
}

# make_plain TEXT: sets $plain to TEXT as one harmless word.
make_plain() {
  plain=$1
  case $plain in
    '' | *[!A-Za-z0-9._:-]*) plain=$(printf %s "$1" | LC_ALL=C tr -c 'A-Za-z0-9._:-' '?' | cut -c 1-64) ;;
  esac
}

# read_address "... ADDRESS port N": sets $address and $from. From the right, as a name to the left may hold anything.
read_address() {
  address=${1%" port "*}
  address=${address##* }
  from_port=${1##*" port "}
  from_port=${from_port%%[!0-9]*}
  case $address in
    *:*) from="[$address]${from_port:+:}$from_port" ;;
    *) from="$address${from_port:+:}$from_port" ;;
  esac
}

# log_refusal LINE REASON: the client in LINE was not let in. Its user name, if it gave one, stands before the address.
log_refusal() {
  : "${refused_key?}"
  read_address "$1"
  who=''
  case $1 in
    *' user '*)
      name=${1#*' user '}
      make_plain "${name%" $address port "*}"
      who="user=$plain "
      ;;
  esac
  key=''
  case $refused_key in "$from "*) key=" key=${refused_key#* }" ;; esac
  say_bounded "refused ${who}from=$from$key reason=\"$2\""
}

# log_disconnect REASON: $from is gone, if it had logged in.
log_disconnect() {
  case $open in
    *" $from|"*)
      user=${open#*" $from|"}
      say "disconnect user=${user%% *} from=$from reason=\"$1\""
      open="${open%%" $from|"*} ${user#* }"
      ;;
  esac
}

# log_all_disconnects REASON
log_all_disconnects() {
  for entry in $open; do
    from=${entry%"|"*}
    log_disconnect "$1"
  done
}
