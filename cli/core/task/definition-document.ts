/**
 * A task definition in ECS's JSON spelling, as DescribeTaskDefinition returns it and RegisterTaskDefinition takes it.
 * Only members that we use have a type; others that the bundled SDK knows pass through unchanged. The SDK drops members
 * that it does not know, in both directions: see `unread` of TaskDefinition.
 */
export interface TaskDefinitionDocument {
  readonly family?: string
  readonly taskDefinitionArn?: string
  readonly containerDefinitions?: readonly ContainerDocument[]
  readonly volumes?: readonly VolumeDocument[]
  readonly networkMode?: string
  readonly pidMode?: string
  readonly cpu?: string
  readonly memory?: string
  readonly executionRoleArn?: string
  readonly requiresCompatibilities?: readonly string[]
  readonly runtimePlatform?: { readonly operatingSystemFamily?: string; readonly cpuArchitecture?: string }
  readonly proxyConfiguration?: { readonly containerName?: string; readonly [member: string]: unknown }
  readonly tags?: readonly { readonly key: string; readonly value: string }[]
  readonly [member: string]: unknown
}

export interface ContainerDocument {
  readonly name?: string
  readonly image?: string
  readonly user?: string
  readonly essential?: boolean
  readonly entryPoint?: readonly string[]
  readonly command?: readonly string[]
  readonly links?: readonly string[]
  readonly portMappings?: readonly PortMappingDocument[]
  readonly mountPoints?: readonly MountPointDocument[]
  readonly volumesFrom?: readonly { readonly sourceContainer?: string; readonly readOnly?: boolean }[]
  readonly dependsOn?: readonly DependencyDocument[]
  readonly dockerLabels?: Readonly<Record<string, string>>
  readonly logConfiguration?: { readonly logDriver?: string; readonly [member: string]: unknown }
  readonly linuxParameters?: {
    readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] }
    readonly tmpfs?: readonly { readonly containerPath?: string; readonly mountOptions?: readonly string[] }[]
    readonly [member: string]: unknown
  }
  readonly [member: string]: unknown
}

export interface VolumeDocument {
  readonly name?: string
  readonly configuredAtLaunch?: boolean
  readonly host?: { readonly sourcePath?: string }
  readonly dockerVolumeConfiguration?: { readonly scope?: string; readonly [member: string]: unknown }
  readonly [member: string]: unknown
}

interface MountPointDocument {
  readonly sourceVolume?: string
  readonly containerPath?: string
  readonly readOnly?: boolean
}

export interface DependencyDocument {
  readonly containerName?: string
  /** START, COMPLETE, SUCCESS or HEALTHY. */
  readonly condition?: string
}

export interface PortMappingDocument {
  readonly containerPort?: number
  /** `8000-8010`, instead of one port. */
  readonly containerPortRange?: string
  readonly hostPort?: number
  readonly protocol?: string
  readonly [member: string]: unknown
}

/** Members that only a description has; a registration does not accept them. */
export const DESCRIPTION_ONLY: ReadonlySet<string> = new Set([
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
  // DescribeTaskDefinition returns the tags next to the definition. They belong to one revision.
  'tags',
])
