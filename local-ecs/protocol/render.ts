import { renderJson, renderJsonRefusal } from './aws-json.ts'
import type { Call, ServiceName } from './call.ts'
import { renderEc2, renderEc2Refusal } from './ec2-xml.ts'
import type { HttpAnswer } from './http-answer.ts'
import type { Refusal } from './refusal.ts'
import { renderSts, renderStsRefusal } from './sts-xml.ts'
import type { XmlValue } from './xml.ts'

export function renderOutput({ service, operation }: Call, output: unknown, requestId: string): HttpAnswer {
  switch (service) {
    case 'ecs':
      return renderJson(output)
    case 'ec2':
      return renderEc2(operation, output as Readonly<Record<string, XmlValue>>, requestId)
    case 'sts':
      return renderSts(operation, output as XmlValue, requestId)
  }
}

export function renderRefusal(service: ServiceName, refusal: Refusal, requestId: string): HttpAnswer {
  switch (service) {
    case 'ecs':
      return renderJsonRefusal(refusal)
    case 'ec2':
      return renderEc2Refusal(refusal, requestId)
    case 'sts':
      return renderStsRefusal(refusal, requestId)
  }
}
