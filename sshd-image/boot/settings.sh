# Reads and checks the FARGATE_LOGIN_* variables. README.md lists them.

# read_settings: sets authorized_key, host_key, port, listen, connect_grace, linger, client_timeout, max_lifetime, and
# suffix, which ends every log line. Removes the variables: the sessions could read them in what is started from here on.
read_settings() {
  authorized_key=${FARGATE_LOGIN_AUTHORIZED_KEY-}
  host_key=${FARGATE_LOGIN_HOST_KEY-}
  port=${FARGATE_LOGIN_PORT:-2222}
  listen=${FARGATE_LOGIN_LISTEN-}
  connect_grace=${FARGATE_LOGIN_CONNECT_GRACE:-300}
  linger=${FARGATE_LOGIN_LINGER:-60}
  client_timeout=${FARGATE_LOGIN_CLIENT_TIMEOUT:-60}
  max_lifetime=${FARGATE_LOGIN_MAX_LIFETIME:-43200}
  suffix=''
  [ -z "${FARGATE_LOGIN_SESSION-}" ] || suffix="$suffix session=$(label "$FARGATE_LOGIN_SESSION")"
  [ -z "${FARGATE_LOGIN_OWNER-}" ] || suffix="$suffix owner=$(label "$FARGATE_LOGIN_OWNER")"
  check_settings
  unset FARGATE_LOGIN_AUTHORIZED_KEY FARGATE_LOGIN_HOST_KEY FARGATE_LOGIN_PORT FARGATE_LOGIN_LISTEN \
    FARGATE_LOGIN_CONNECT_GRACE FARGATE_LOGIN_LINGER FARGATE_LOGIN_CLIENT_TIMEOUT FARGATE_LOGIN_MAX_LIFETIME \
    FARGATE_LOGIN_SESSION FARGATE_LOGIN_OWNER
}

check_settings() {
  [ -n "$authorized_key" ] ||
    die 64 'FARGATE_LOGIN_AUTHORIZED_KEY is not set.' 'Set it to the public key (an authorized_keys line) that may log in.'
  check_number FARGATE_LOGIN_PORT "$port"
  check_number FARGATE_LOGIN_CONNECT_GRACE "$connect_grace"
  check_number FARGATE_LOGIN_LINGER "$linger"
  check_number FARGATE_LOGIN_MAX_LIFETIME "$max_lifetime"
  check_number FARGATE_LOGIN_CLIENT_TIMEOUT "$client_timeout"
  [ "$client_timeout" -ge 4 ] || die 64 "FARGATE_LOGIN_CLIENT_TIMEOUT=$client_timeout is too short." 'Give 4 s or more.'
  if [ "$port" -lt 1 ] || [ "$port" -gt 65535 ]; then
    die 64 "FARGATE_LOGIN_PORT=$port is not a port." 'Give a number from 1 to 65535.'
  fi
  case $listen in
    *[!0-9A-Za-z.:%-]*) die 64 'FARGATE_LOGIN_LISTEN is not an address.' 'Give one IPv4 or IPv6 address, e.g. 127.0.0.1.' ;;
  esac
}

# check_number NAME VALUE: dies unless it is a whole number. $(( )) would read 010 as octal.
check_number() {
  case $2 in
    *[!0-9]* | 0?* | ??????????*) die 64 "$1 is not a whole number." "Give it as plain digits, e.g. $1=300." ;;
  esac
}

# label TEXT: prints TEXT as one harmless word for a log line.
label() {
  printf %s "$1" | LC_ALL=C tr -c 'A-Za-z0-9._:/@+=,-' '?' | cut -c 1-200
}
