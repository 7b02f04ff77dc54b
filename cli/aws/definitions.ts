import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs'
import { FargateLoginError } from '../core/error.ts'
import { adviceAt, awsEcsCommand } from '../core/text/paste.ts'
import type { Definitions } from '../session/ports/aws.ts'
import type { AwsCaller } from './aws-error.ts'
import { explainRegistration } from './ecs-refusals.ts'
import { keepAnswer } from './keep-answer.ts'
import { incompleteAnswer, object, objects, text, texts } from './parse/answer.ts'
import { parseService } from './parse/parse-service.ts'
import { parseTaskDefinition } from './parse/parse-task-definition.ts'
import { unreadMembers } from './parse/unread-members.ts'
import { makeSend } from './send.ts'

/** Services and task definitions in the flow's terms. The SDK's types end here. */
export function makeDefinitions(client: ECSClient, access: AwsCaller): Definitions {
  const send = makeSend('ecs', client, access)
  return {
    async describeService(cluster, service, signal) {
      const command = new DescribeServicesCommand({ cluster, services: [service] })
      const answer = await send('DescribeServices', command, signal)
      if (!Array.isArray(answer.services)) throw incompleteAnswer('ecs:DescribeServices', 'services')
      const [found] = objects(answer.services)
      if (found && found.status !== 'INACTIVE') return parseService(found)
      const services = awsEcsCommand(access, 'list-services', '--cluster', cluster)
      throw new FargateLoginError(
        'service-unusable',
        `Cluster ${cluster} has no active service ${service}.`,
        {
          hint: `Check --service, --cluster and --region. ${adviceAt(access, 'List the services there with:', services)}`.trim(),
        },
      )
    },

    async describeTaskDefinition(taskDefinition, signal) {
      const command = new DescribeTaskDefinitionCommand({ taskDefinition })
      const sent = keepAnswer(command.middlewareStack, client.config.streamCollector)
      const answer = await send('DescribeTaskDefinition', command, signal)
      const definition = object(answer.taskDefinition)
      if (text(definition.taskDefinitionArn) === undefined) {
        throw incompleteAnswer('ecs:DescribeTaskDefinition', 'task definition')
      }
      const json = JSON.parse(sent()) as { readonly taskDefinition?: unknown }
      return parseTaskDefinition(definition, unreadMembers(json.taskDefinition, definition))
    },

    async listTaskDefinitions(familyPrefix, signal) {
      const command = new ListTaskDefinitionsCommand({ familyPrefix, status: 'ACTIVE', sort: 'DESC' })
      const answer = await send('ListTaskDefinitions', command, signal)
      return texts(answer.taskDefinitionArns)
    },

    async registerTaskDefinition(document, signal) {
      const input = structuredClone(document) as unknown as RegisterTaskDefinitionCommandInput
      const command = new RegisterTaskDefinitionCommand(input)
      const answer = await send('RegisterTaskDefinition', command, signal).catch(explainRegistration)
      const arn = text(object(answer.taskDefinition).taskDefinitionArn)
      if (arn !== undefined) return arn
      throw incompleteAnswer('ecs:RegisterTaskDefinition', 'revision')
    },
  }
}
