// Amazon Resource Names, `arn:partition:service:region:account:resource`, cut in one place.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html

/** What people call the resource: a task's ID, a cluster's name, `family:revision`. A plain name is its own. */
export function arnName(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1)
}

/** `undefined` where there is none, or `text` is not an ARN. */
export function arnRegion(text: string): string | undefined {
  return text.split(':')[3] || undefined
}

/** `undefined` where there is none, or `text` is not an ARN. */
export function arnAccount(text: string): string | undefined {
  return text.split(':')[4] || undefined
}

/** The name of the cluster in the ARN of a task; `undefined` for anything else. */
export function clusterOfTask(text: string): string | undefined {
  return /^arn:[^:]+:ecs:[^:]*:[^:]*:task\/([^/]+)\/[^/]+$/.exec(text)?.[1]
}
