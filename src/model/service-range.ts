/**
 * Addresses of Kubernetes Services: a range that meets no private VPC. EKS chooses its own default by the same rule.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html
 */
export const serviceRange = (vpcCidr: string): string =>
  vpcCidr.startsWith('172.') ? '10.100.0.0/16' : '172.20.0.0/16';
