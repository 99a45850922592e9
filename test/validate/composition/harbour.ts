import fs from 'node:fs';
import { isKubernetesObject, type KubernetesObject, type Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import type { Finding } from '#model/finding.ts';
import { segmentsOf } from '#model/pointer.ts';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { checkCompositions } from '#validate/composition/check.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { store } from '../schemas.ts';

/** A small composition of Tideline that nothing is wrong with, and ways to change it. */

/** Where the input of the Composition is, and the schema of the XRD. */
export const INPUT = '/spec/pipeline/0/input';
export const SCHEMA = '/spec/versions/0/schema/openAPIV3Schema/properties';

const FILE = 'harbour.yaml';
const text = fs.readFileSync(new URL(`../../fixtures/composition/${FILE}`, import.meta.url), 'utf8');
const schemas = store();

/** As it is written, with the lines. */
export const harbour = (): readonly Manifest[] => readManifestText(text, FILE).manifests;

/** Of changed objects nobody knows the lines. */
export const manifestOf = (object: KubernetesObject): Manifest => ({
  object,
  file: FILE,
  locate: () => undefined,
});

export const found = (manifests: readonly Manifest[]): readonly Finding[] => {
  const known = withCrds(schemas, crdsIn(manifests, schemas, crdsOfXrd).crds);
  return checkCompositions(manifests, known).findings;
};

/** `error composition-mode /spec/mode` */
export const brief = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`).sort();

/** A kind of document, a pointer into it, and the value there; undefined removes it. */
export type Change = readonly [
  kind: 'Composition' | 'CompositeResourceDefinition' | 'Function',
  pointer: string,
  value: unknown,
];

export function changed(changes: readonly Change[]): readonly Manifest[] {
  const objects: unknown[] = harbour().map(({ object }) => structuredClone(object));
  for (const [kind, pointer, value] of changes) {
    const object = objects.find((one) => isKubernetesObject(one) && one.kind === kind);
    put(object, segmentsOf(pointer), value);
  }
  return objects.filter(isKubernetesObject).map(manifestOf);
}

/** Sets what is there, or at the end of a list (`-`); fails where the pointer leads nowhere. */
function put(root: unknown, segments: readonly string[], value: unknown): void {
  const last = segments.at(-1);
  let holder: unknown = root;
  for (const segment of segments.slice(0, -1)) {
    if (typeof holder !== 'object' || holder === null) throw new Error(`nothing at ${segments.join('/')}`);
    holder = Reflect.get(holder, segment);
  }
  if (typeof holder !== 'object' || holder === null || last === undefined)
    throw new Error(`nothing at ${segments.join('/')}`);
  if (Array.isArray(holder) && last === '-') holder.push(value);
  else if (Array.isArray(holder) && value === undefined) holder.splice(Number(last), 1);
  else if (value === undefined) Reflect.deleteProperty(holder, last);
  else Reflect.set(holder, last, value);
}
