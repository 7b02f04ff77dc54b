// Loaded on demand: the descriptions of EC2's operations take longer to load than the rest of the SDK.
export { DescribeInstancesCommand, DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2'
