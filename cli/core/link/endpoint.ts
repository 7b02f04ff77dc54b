/** A TCP port, or a socket in the file system. To listen on port 0 lets the system choose. */
export type Endpoint = { readonly host: string; readonly port: number } | { readonly path: string }

/** `10.0.0.7:5432`, `[::1]:5432` or `/run/app.sock`, for messages. */
export function endpointText(endpoint: Endpoint): string {
  if ('path' in endpoint) return endpoint.path
  const { host, port } = endpoint
  return `${host.includes(':') ? `[${host}]` : host || '*'}:${port}`
}
