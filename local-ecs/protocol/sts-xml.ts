import type { HttpAnswer } from './http-answer.ts'
import type { Refusal } from './refusal.ts'
import { type XmlValue, xml } from './xml.ts'

const NAMESPACE = ' xmlns="https://sts.amazonaws.com/doc/2011-06-15/"'

export function renderSts(operation: string, output: XmlValue, requestId: string): HttpAnswer {
  const members = { [`${operation}Result`]: output, ResponseMetadata: { RequestId: requestId } }
  return httpAnswer(200, xml(`${operation}Response`, members, NAMESPACE))
}

export function renderStsRefusal({ code, message, status }: Refusal, requestId: string): HttpAnswer {
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }
  return httpAnswer(status, xml('ErrorResponse', { Error: error, RequestId: requestId }, NAMESPACE))
}

function httpAnswer(status: number, body: string): HttpAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body }
}
