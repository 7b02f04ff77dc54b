import type { HttpAnswer } from './http-answer.ts'
import type { Refusal } from './refusal.ts'
import { type XmlValue, xml } from './xml.ts'

const NAMESPACE = ' xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"'

export function renderEc2(
  operation: string,
  output: Readonly<Record<string, XmlValue>>,
  requestId: string,
): HttpAnswer {
  return httpAnswer(200, xml(`${operation}Response`, { requestId, ...output }, NAMESPACE))
}

export function renderEc2Refusal({ code, message, status }: Refusal, requestId: string): HttpAnswer {
  // EC2's only element that is neither `item` nor in lower case.
  const errors = { Error: { Code: code, Message: message } }
  return httpAnswer(status, xml('Response', { Errors: errors, RequestID: requestId }))
}

function httpAnswer(status: number, document: string): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${document}`,
  }
}
