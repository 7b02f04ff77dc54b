/** ECS's words for a member that Fargate does not have. */
export function unsupported(what: string): string {
  return `Fargate compatible task definitions do not support ${what}`
}
