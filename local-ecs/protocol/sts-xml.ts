import type { Refusal } from './refusal.ts'
import type { Rendered } from './rendered.ts'
import { type XmlValue, xml } from './xml.ts'

const NAMESPACE = ' xmlns="https://sts.amazonaws.com/doc/2011-06-15/"'

export function renderSts(operation: string, output: XmlValue, requestId: string): Rendered {
  const members = { [`${operation}Result`]: output, ResponseMetadata: { RequestId: requestId } }
  return rendered(200, xml(`${operation}Response`, members, NAMESPACE))
}

export function renderStsRefusal({ code, message, status }: Refusal, requestId: string): Rendered {
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }
  return rendered(status, xml('ErrorResponse', { Error: error, RequestId: requestId }, NAMESPACE))
}

function rendered(status: number, body: string): Rendered {
  return { status, headers: { 'content-type': 'text/xml' }, body }
}
