// Parses Amazon Resource Names, `arn:partition:service:region:account:resource`.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html

/** The resource's short name: a task's ID, a cluster's name, `family:revision`. A plain name stays as it is. */
export function arnName(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1)
}

/** `undefined` if there is none, or `text` is not an ARN. */
export function arnRegion(text: string): string | undefined {
  return text.split(':')[3] || undefined
}

/** `undefined` if there is none, or `text` is not an ARN. */
export function arnAccount(text: string): string | undefined {
  return text.split(':')[4] || undefined
}

/** The cluster's name in a task ARN; `undefined` for anything else. */
export function clusterOfTask(text: string): string | undefined {
  return /^arn:[^:]+:ecs:[^:]*:[^:]*:task\/([^/]+)\/[^/]+$/.exec(text)?.[1]
}
