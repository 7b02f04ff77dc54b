/** A text without what differs from run to run, or from machine to machine. */
export function masked(text: string): string {
  return (
    text
      .replace(/\b[0-9a-f]{32}\b/g, 'TASK')
      .replace(/\beni-[0-9a-f]+/g, 'ENI')
      .replace(/SHA256:[\w+/]+/g, 'SHA256:KEY')
      .replace(/(CannotPullContainerError: ).*127\.0\.0\.1:1.*/, '$1…')
      .replace(/127\.0\.0\.\d+(?!:1\b)/g, 'ADDRESS')
      .replace(/(does not speak SSH: )".*"/, '$1"…"')
      .replace(/lets in (?:root, and refuses|only \S+, and not)/, 'lets in only USER, and not')
      .replace(/for user (?!nobody)\S+\.$/, 'for user USER.')
      // Two calls are on their way at the same time, and either may fail first.
      .replace(
        /^(sts:GetCallerIdentity|ecs:DescribeTaskDefinition)(?=: (Credentials|Error: Region is m))/,
        'ecs:…',
      )
      // The same, seen a little earlier or later.
      .replace(
        /(?:The peer|ADDRESS) accepts the connection and closes it at once/,
        'ADDRESS:2222 refuses the connection',
      )
      // When a peer goes away, whatever we did just then fails.
      .replace(/\b(read|write) (ECONNRESET|EPIPE)\b/, 'ECONNRESET')
      .replace(
        /(handshake with ADDRESS failed: )(the server closed the connection|ECONNRESET)\./,
        '$1closed.',
      )
  )
}
