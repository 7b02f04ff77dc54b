# The last step: supervise.sh takes the place of this shell.

# start_supervisor: starts it with a bare environment, so that /proc/1/environ does not show the host key.
start_supervisor() {
  : "${here:?}" "${private:?}" "${sshd:?}" "${sh:?}" "${server:?}" "${container_umask:?}" "${port:?}" "${user:?}" "${suffix?}"
  : "${connect_grace:?}" "${linger:?}" "${max_lifetime:?}" "${fingerprints:?}" "${fingerprint:?}" "${host_key_origin:?}"
  mkdir "$private/hold" "$private/terminals"
  # How many have logged in; log.sh counts.
  echo 0 >"$private/accepted"
  umask "$container_umask"
  trap - EXIT
  exec env -i \
    PATH="$PATH" \
    server="$server" \
    sh="$sh" \
    sshd="$sshd" \
    private="$private" \
    connect_grace="$connect_grace" \
    linger="$linger" \
    max_lifetime="$max_lifetime" \
    fingerprints="$fingerprints " \
    start="port $port user=$user host-key=$fingerprint ($host_key_origin)$(server_versions)" \
    suffix="$suffix" \
    ${TOOLKIT_PASSWD:+TOOLKIT_PASSWD="$TOOLKIT_PASSWD"} \
    ${TOOLKIT_LACKS:+TOOLKIT_LACKS="$TOOLKIT_LACKS"} \
    "$sh" "$here/supervise.sh"
}
