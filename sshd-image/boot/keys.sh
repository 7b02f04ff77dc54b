# The keys that may log in, and the host's own.

# write_keys: writes them into the private directory; sets fingerprints (of those that may log in), fingerprint and
# host_key_origin (of the host's own).
write_keys() {
  : "${authorized_key:?}" "${host_key?}" "${private:?}" "${ssh_keygen:?}"
  printf '%s\n' "$authorized_key" | tr -d '\r' >"$private/authorized_keys"
  fingerprints=''
  # Line by line: ssh-keygen -l passes over bad lines when it finds a good one.
  while read -r line; do
    case $line in '' | '#'*) continue ;; esac
    add_fingerprint "$line"
    check_key_options "$line"
  done <"$private/authorized_keys"
  [ -n "$fingerprints" ] || die 64 'FARGATE_LOGIN_AUTHORIZED_KEY holds no key.' 'Give one authorized_keys line per key.'
  if [ -n "$host_key" ]; then
    host_key_origin=given
    printf '%s\n' "$host_key" >"$private/host_key"
    # Without -P ssh-keygen would ask for the passphrase on a terminal.
    "$ssh_keygen" -y -P '' -f "$private/host_key" >"$private/line" 2>/dev/null ||
      die 64 'FARGATE_LOGIN_HOST_KEY is not a private key.' "Give one without a passphrase, e.g. of ssh-keygen -t ed25519, or none.$(key_hint)"
  else
    host_key_origin=generated
    "$ssh_keygen" -q -t ed25519 -N '' -C '' -f "$private/host_key" </dev/null
    mv "$private/host_key.pub" "$private/line"
  fi
  fingerprint=$("$ssh_keygen" -l -E sha256 -f "$private/line" | cut -d ' ' -f 2)
  rm -f "$private/line"
}

# add_fingerprint LINE: adds that of an authorized_keys line to fingerprints.
add_fingerprint() {
  printf '%s\n' "$1" >"$private/line"
  fingerprint=$("$ssh_keygen" -l -E sha256 -f "$private/line" 2>/dev/null | cut -d ' ' -f 2)
  [ -n "$fingerprint" ] ||
    die 64 'FARGATE_LOGIN_AUTHORIZED_KEY is not a public key.' "Give one authorized_keys line per key, e.g. the content of ~/.ssh/id_ed25519.pub.$(key_hint)"
  fingerprints="$fingerprints $fingerprint"
}

# check_key_options LINE: dies where an authorized_keys line has an option that sshd would not apply here. command= gives
# way to our forced command, environment= is off, and certificates are not taken.
check_key_options() {
  case $1 in ssh-* | ecdsa-* | sk-*) return ;; esac
  # The options are one word, once their quoted values are gone.
  options=$(printf '%s\n' "$1" | sed -e 's/\\"//g' -e 's/"[^"]*"//g' -e 's/[[:blank:]].*//' | tr 'A-Z,' 'a-z ')
  for option in $options; do
    case $option in
      from=* | expiry-time=* | restrict | permitopen=* | permitlisten=* | tunnel=*) ;;
      pty | no-pty | port-forwarding | no-port-forwarding | agent-forwarding | no-agent-forwarding) ;;
      x11-forwarding | no-x11-forwarding | user-rc | no-user-rc | no-touch-required | verify-required) ;;
      *) die 64 "FARGATE_LOGIN_AUTHORIZED_KEY has the option $(label "${option%%=*}"), which has no effect in this image." \
        'Remove the option. README.md of the image lists those that work.' ;;
    esac
  done
}
