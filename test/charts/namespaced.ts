import { type LocatedEnvironment, renderEnvironment } from '#charts/render.ts';
import type { Manifest } from '#manifests/manifest.ts';
import { production as everything, harbour, sandbox } from '../platform/tideline.ts';
import { rendered } from './tideline.ts';

/** Environments in both renderings: those that the repository holds, and those that hold everything there can be. */

export interface Both {
  readonly name: string;
  readonly environment: LocatedEnvironment['environment'];
  readonly claims: readonly Manifest[];
  readonly namespaced: readonly Manifest[];
}

const both = ({ environment, locate }: LocatedEnvironment): Both => {
  const render = (crossplane: 'claims' | 'namespaced') =>
    renderEnvironment({ environment: { ...environment, spec: { ...environment.spec, crossplane } }, locate });
  return {
    name: `${environment.spec.product} ${environment.metadata.name}`,
    environment: { ...environment, spec: { ...environment.spec, crossplane: 'namespaced' } },
    claims: render('claims'),
    namespaced: render('namespaced'),
  };
};

const shipped: readonly Both[] = rendered.map(both);

const locate = (pointer: string) => ({ file: `environment.yaml${pointer}`, line: 1, column: 1 });

/** Of the environments that hold everything, the names begin with another word: `rich`. */
const rich: readonly Both[] = [everything, sandbox, harbour].map((environment) => {
  const one = both({ environment, locate });
  return { ...one, name: `rich ${one.name}` };
});

export const renderings: readonly Both[] = [...shipped, ...rich];
