# sshd's configuration: what is the same everywhere, then what is known only now. sshd takes the first value of each.

# write_sshd_config: writes $private/sshd_config and checks it.
write_sshd_config() {
  : "${here:?}" "${private:?}" "${sshd:?}"
  { cat "$here/sshd_config" && container_config && server_config; } >"$private/sshd_config"
  check_sshd_config
}

# container_config: prints the lines that depend on this container.
container_config() {
  : "${port:?}" "${listen?}" "${user:?}" "${sh:?}" "${sftp_server?}"
  printf 'Port %s\n' "$port"
  [ -z "$listen" ] || printf 'ListenAddress %s\n' "$listen"
  client_timeout_config
  printf 'HostKey %s/host_key\n' "$private"
  printf 'AuthorizedKeysFile %s/authorized_keys\n' "$private"
  # Only the user of the container: no other could read the session's environment.
  printf 'AllowUsers %s\n' "$user"
  # The banner tells the client whom to log in as, and what else it may ask for; the key exchange signs the banner.
  printf 'VersionAddendum fargate-login user=%s%s\n' "$user" "$(banner_words)"
  # bash as the login shell would read ~/.bashrc before it runs the forced command, but only as the outermost shell.
  printf 'SetEnv SHLVL=1\n'
  printf 'ForceCommand exec %s %s/session\n' "$sh" "$private"
  [ -z "$sftp_server" ] || printf 'Subsystem sftp %s\n' "$sftp_server"
}

# check_sshd_config: makes the empty directory that sshd insists on, where it is missing. Its name is compiled in, and a
# tmpfs on /run hides it.
check_sshd_config() {
  if complaint=$("$sshd" -t -f "$private/sshd_config" 2>&1); then return; fi
  complaint=$(printf %s "$complaint" | tr -d '\r')
  wanted=${complaint#*'privilege separation directory: '}
  [ "$wanted" != "$complaint" ] ||
    die 69 "sshd refuses its configuration: $complaint." 'OpenSSH 8.5 or later is needed.'
  (umask 022 && mkdir -p "$wanted") 2>/dev/null ||
    die 69 "sshd wants a directory $wanted." "Add to the image: RUN mkdir -p $wanted."
}
