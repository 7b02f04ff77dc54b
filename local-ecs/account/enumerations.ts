import * as v from 'valibot'

/** The values of ECS's API model, by the model's own names. A test compares them with the SDK's. */
export const ENUMERATIONS = {
  ApplicationProtocol: ['grpc', 'http', 'http2'],
  AssignPublicIp: ['DISABLED', 'ENABLED'],
  AvailabilityZoneRebalancing: ['DISABLED', 'ENABLED'],
  CPUArchitecture: ['ARM64', 'X86_64'],
  ClusterField: ['ATTACHMENTS', 'CONFIGURATIONS', 'SETTINGS', 'STATISTICS', 'TAGS'],
  ClusterSettingName: ['containerInsights'],
  Compatibility: ['EC2', 'EXTERNAL', 'FARGATE', 'MANAGED_INSTANCES'],
  ContainerCondition: ['COMPLETE', 'HEALTHY', 'START', 'SUCCESS'],
  ContainerInstanceField: ['CONTAINER_INSTANCE_HEALTH', 'TAGS'],
  ContainerInstanceStatus: ['ACTIVE', 'DEREGISTERING', 'DRAINING', 'REGISTERING', 'REGISTRATION_FAILED'],
  DeploymentControllerType: ['CODE_DEPLOY', 'ECS', 'EXTERNAL'],
  DeploymentStrategy: ['BLUE_GREEN', 'CANARY', 'LINEAR', 'ROLLING'],
  DesiredStatus: ['PENDING', 'RUNNING', 'STOPPED'],
  DeviceCgroupPermission: ['mknod', 'read', 'write'],
  EFSAuthorizationConfigIAM: ['DISABLED', 'ENABLED'],
  EFSTransitEncryption: ['DISABLED', 'ENABLED'],
  EnvironmentFileType: ['s3'],
  ExecuteCommandLogging: ['DEFAULT', 'NONE', 'OVERRIDE'],
  FirelensConfigurationType: ['fluentbit', 'fluentd'],
  IpcMode: ['host', 'none', 'task'],
  LaunchType: ['EC2', 'EXTERNAL', 'FARGATE', 'MANAGED_INSTANCES'],
  LogDriver: ['awsfirelens', 'awslogs', 'fluentd', 'gelf', 'journald', 'json-file', 'splunk', 'syslog'],
  NetworkMode: ['awsvpc', 'bridge', 'host', 'none'],
  OSFamily: [
    'LINUX',
    'WINDOWS_SERVER_2004_CORE',
    'WINDOWS_SERVER_2016_FULL',
    'WINDOWS_SERVER_2019_CORE',
    'WINDOWS_SERVER_2019_FULL',
    'WINDOWS_SERVER_2022_CORE',
    'WINDOWS_SERVER_2022_FULL',
    'WINDOWS_SERVER_2025_CORE',
    'WINDOWS_SERVER_2025_FULL',
    'WINDOWS_SERVER_20H2_CORE',
  ],
  PidMode: ['host', 'task'],
  PlacementConstraintType: ['distinctInstance', 'memberOf'],
  PlacementStrategyType: ['binpack', 'random', 'spread'],
  PropagateTags: ['NONE', 'SERVICE', 'TASK_DEFINITION'],
  ProxyConfigurationType: ['APPMESH'],
  ResourceManagementType: ['CUSTOMER', 'ECS'],
  ResourceType: ['GPU', 'InferenceAccelerator', 'NeuronDevice'],
  SchedulingStrategy: ['DAEMON', 'REPLICA'],
  Scope: ['shared', 'task'],
  ServiceField: ['TAGS'],
  SortOrder: ['ASC', 'DESC'],
  TaskDefinitionFamilyStatus: ['ACTIVE', 'ALL', 'INACTIVE'],
  TaskDefinitionField: ['TAGS'],
  TaskDefinitionPlacementConstraintType: ['memberOf'],
  TaskDefinitionStatus: ['ACTIVE', 'DELETE_IN_PROGRESS', 'INACTIVE'],
  TaskField: ['TAGS'],
  UlimitName: [
    ...['core', 'cpu', 'data', 'fsize', 'locks', 'memlock', 'msgqueue', 'nice', 'nofile', 'nproc', 'rss'],
    ...['rtprio', 'rttime', 'sigpending', 'stack'],
  ],
  VersionConsistency: ['disabled', 'enabled'],
} as const

export type Enumeration = keyof typeof ENUMERATIONS
export type LaunchType = (typeof ENUMERATIONS.LaunchType)[number]

/** A member of the input that takes a value of the model's enumeration. The message is ECS's own. */
export function oneOf<Name extends Enumeration>(name: Name) {
  const values: (typeof ENUMERATIONS)[Name] = ENUMERATIONS[name]
  return v.picklist(values, `should be one of [${values.join(',')}]`)
}
