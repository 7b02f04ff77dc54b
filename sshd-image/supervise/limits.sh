# The time limits of the task: grace, linger and lifetime.

# start_limits: sets the variables that the functions below keep.
start_limits() {
  : "${max_lifetime:?}"
  now
  : "${now:?}"
  started=$now
  # How many logins there had been when somebody was last seen connected.
  logins_seen=0
  idle_since=''
  reminders=''
  for minutes in 5 1; do
    [ "$max_lifetime" -le $((minutes * 60)) ] || reminders="$reminders$minutes "
  done
}

# check_limits: ends the task when a limit is reached. Called about once a second, after now. log.sh counts the logins, so
# that none is too short to be seen.
check_limits() {
  : "${private:?}" "${connect_grace:?}" "${linger:?}" "${now:?}"
  read -r logins <"$private/accepted" || logins=$logins_seen
  if [ $((now - started)) -ge "$max_lifetime" ]; then
    finish 0 "the lifetime of $max_lifetime s is over"
  elif [ "$logins" -eq 0 ]; then
    [ $((now - started)) -lt "$connect_grace" ] || finish 0 "nobody logged in within $connect_grace s"
  elif [ "$logins" -ne "$logins_seen" ] || connected || holds_program; then
    logins_seen=$logins
    idle_since=''
  elif [ -z "$idle_since" ]; then
    idle_since=$now
  else
    echo "$private: idle after $logins_seen" >&3
    [ $((now - idle_since)) -lt "$linger" ] || finish 0 "nobody has been connected for $linger s"
  fi
}

# remind: warns those on a terminal when the lifetime is nearly over.
remind() {
  for minutes in $reminders; do
    [ $((now - started + minutes * 60)) -ge "$max_lifetime" ] || continue
    reminders=${reminders#"$minutes "}
    plural=s
    [ "$minutes" -ne 1 ] || plural=''
    warn "this task ends in $minutes minute$plural, as its lifetime is $max_lifetime s"
  done
}
