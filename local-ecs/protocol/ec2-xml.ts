import type { Refusal } from './refusal.ts'
import type { Rendered } from './rendered.ts'
import { type XmlValue, xml } from './xml.ts'

const NAMESPACE = ' xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"'

export function renderEc2(
  operation: string,
  output: Readonly<Record<string, XmlValue>>,
  requestId: string,
): Rendered {
  return rendered(200, xml(`${operation}Response`, { requestId, ...output }, NAMESPACE))
}

export function renderEc2Refusal({ code, message, status }: Refusal, requestId: string): Rendered {
  // The one element that EC2 calls neither `item` nor in lower case.
  const errors = { Error: { Code: code, Message: message } }
  return rendered(status, xml('Response', { Errors: errors, RequestID: requestId }))
}

function rendered(status: number, document: string): Rendered {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${document}`,
  }
}
