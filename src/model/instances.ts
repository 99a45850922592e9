/**
 * What an EC2 instance type's name says about it: `m7gd.large` is family `m`, generation `7`, options `gd`.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export interface InstanceTraits {
  readonly architecture: 'arm64' | 'x86-64';
  /** What the machine image has to have a driver for. */
  readonly accelerator: 'none' | 'NVIDIA' | 'Neuron';
}

const INSTANCE = /^([a-z]+)([0-9]+)([a-z0-9-]*)\./;
const NVIDIA = new Set(['g', 'gr', 'p']);
const NEURON = new Set(['inf', 'trn']);
/** The one generation of family `g` whose GPUs are AMD's. */
const AMD_GPU = 'g4ad';

/** The traits of an instance type; undefined where the name has another form. */
export function instanceTraits(instanceType: string): InstanceTraits | undefined {
  const match = INSTANCE.exec(instanceType);
  if (match === null) return undefined;
  const [, family = '', generation = '', options = ''] = match;
  const isAmd = `${family}${generation}${options}` === AMD_GPU;
  return {
    architecture: family === 'a' || options.includes('g') ? 'arm64' : 'x86-64',
    accelerator: NVIDIA.has(family) && !isAmd ? 'NVIDIA' : NEURON.has(family) ? 'Neuron' : 'none',
  };
}
