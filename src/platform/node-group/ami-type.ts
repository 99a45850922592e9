import { type InstanceTraits, instanceTraits } from '#model/instances.ts';
import type { AMI_TYPES } from './definition.ts';

type AmiType = (typeof AMI_TYPES)[number];

const AMI = {
  arm64: { none: 'AL2023_ARM_64_STANDARD', NVIDIA: 'AL2023_ARM_64_NVIDIA', Neuron: undefined },
  'x86-64': {
    none: 'AL2023_x86_64_STANDARD',
    NVIDIA: 'AL2023_x86_64_NVIDIA',
    Neuron: 'AL2023_x86_64_NEURON',
  },
} as const satisfies Record<
  InstanceTraits['architecture'],
  Record<InstanceTraits['accelerator'], AmiType | undefined>
>;

/** The image that suits an instance type; the plain one where the type's name says nothing. */
export function amiType(instanceType: string): AmiType {
  const traits = instanceTraits(instanceType);
  return (traits && AMI[traits.architecture][traits.accelerator]) ?? 'AL2023_x86_64_STANDARD';
}
