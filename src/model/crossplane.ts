import type { Environment } from './environment/environment.ts';

/** Whether an environment is rendered the Crossplane 2 way: composites and managed resources in its namespace. */
export const isNamespaced = ({ spec }: Environment): boolean => spec.crossplane === 'namespaced';
