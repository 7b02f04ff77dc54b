/** A text without what differs from run to run. */
export function masked(text: string): string {
  return text
    .replace(/\/\S*fargate-login-fault-\w+/g, 'DIRECTORY')
    .replace(/\b[0-9a-f]{32}\b/g, 'TASK')
    .replace(/\beni-[0-9a-f]+/g, 'ENI')
    .replace(/SHA256:[\w+/]+/g, 'SHA256:KEY')
    .replace(/127\.0\.0\.1:(?!1\b)\d+/g, 'ENDPOINT')
    .replace(/127\.0\.0\.\d+(?!:1\b)/g, 'ADDRESS')
    .replace(/fargate-login\/[a-z2-7]{12}\b/g, 'fargate-login/SESSION')
    .replace(/"\?.*"/g, '"…"')
    .replace(/for user \S+\. /g, 'for user USER. ')
}
