import * as v from 'valibot'
import type { Account } from '../../account/account.ts'
import { findCluster } from '../../account/cluster.ts'
import { readInput } from '../../protocol/read-input.ts'
import { Refusal } from '../../protocol/refusal.ts'
import { describeCluster } from './describe-cluster.ts'

const Input = v.object({ cluster: v.string() })

/** A cluster has to be empty. Afterwards ECS shows it as INACTIVE. */
export function deleteCluster(account: Account, body: unknown): unknown {
  const cluster = findCluster(account, readInput(Input, body).cluster)
  const contains = (what: string, message: string) =>
    new Refusal(`ClusterContains${what}Exception`, `The Cluster cannot be deleted while ${message}.`)
  if (account.instance.clusterArn === cluster.arn) {
    throw contains('ContainerInstances', 'Container Instances are active or draining')
  }
  const services = [...account.services.values()].filter((service) => service.cluster === cluster)
  if (services.some(({ status }) => status === 'ACTIVE')) throw contains('Services', 'Services are active')
  const tasks = [...account.tasks.values()].filter((task) => task.cluster === cluster)
  if (tasks.some(({ lastStatus }) => lastStatus !== 'STOPPED')) throw contains('Tasks', 'Tasks are active')
  cluster.status = 'INACTIVE'
  return { cluster: describeCluster(account, cluster, []) }
}
