import type { Manifest } from '#manifests/manifest.ts';
import type { Checked, Finding } from '#model/finding.ts';
import { pointerTo } from '#model/pointer.ts';
import { suggest } from '#model/suggest.ts';
import { fieldOf, isJsonObject, type JsonObject, textOf } from '../render/composition.ts';
import type { Api } from './api.ts';

/** The Composition that Crossplane takes for a claim or a composite; of findings, the pointer is within that. */
export function chooseComposition(
  object: JsonObject,
  api: Api,
  compositions: readonly Manifest[],
): Checked<Manifest> {
  const fitting = compositions.filter((manifest) => fits(manifest, api)).sort(byName);
  const { at, spec } = machineryOf(object);
  const kind = api.kind;
  const named = [
    { name: api.enforcedComposition, pointer: '' },
    {
      name: textOf(fieldOf(spec, 'compositionRef'), 'name'),
      pointer: pointerTo(...at, 'compositionRef', 'name'),
    },
  ].find(({ name }) => name !== '');
  const labels = fieldOf(fieldOf(spec, 'compositionSelector'), 'matchLabels');
  if (named !== undefined) return byReference(named.name, named.pointer, kind, fitting);
  if (isJsonObject(labels)) {
    const selected = fitting.filter((manifest) => isSelected(manifest, labels));
    return ofSeveral(selected, kind, pointerTo(...at, 'compositionSelector'), fitting.length > 0);
  }
  if (api.defaultComposition !== '') return byReference(api.defaultComposition, '', kind, fitting);
  return ofSeveral(fitting, kind, '', false);
}

/** Crossplane 2 keeps its fields apart. */
function machineryOf(object: JsonObject): { readonly at: readonly string[]; readonly spec: unknown } {
  const spec = fieldOf(object, 'spec');
  const apart = fieldOf(spec, 'crossplane');
  return isJsonObject(apart) ? { at: ['spec', 'crossplane'], spec: apart } : { at: ['spec'], spec };
}

const nameOf = ({ object }: Manifest) => object.metadata.name;
const byName = (one: Manifest, other: Manifest) => (nameOf(one) < nameOf(other) ? -1 : 1);

function fits({ object }: Manifest, { group, referenceable, kind }: Api): boolean {
  const type = fieldOf(fieldOf(object, 'spec'), 'compositeTypeRef');
  return textOf(type, 'apiVersion') === `${group}/${referenceable}` && textOf(type, 'kind') === kind;
}

const isSelected = ({ object }: Manifest, labels: JsonObject) =>
  Object.entries(labels).every(([key, value]) => fieldOf(fieldOf(object.metadata, 'labels'), key) === value);

/** A name that is none of several is a mistake; where there are none at all, they may come in another way. */
function byReference(
  name: string,
  pointer: string,
  kind: string,
  fitting: readonly Manifest[],
): Checked<Manifest> {
  const found = fitting.find((manifest) => nameOf(manifest) === name);
  if (found !== undefined) return { value: found, findings: [] };
  const suggestion = suggest(name, fitting.map(nameOf));
  const args = { kind, name, ...(suggestion === undefined ? {} : { suggestion }) };
  const severity = fitting.length > 0 ? 'error' : 'warning';
  return { value: undefined, findings: [{ code: 'preview-composition-missing', severity, pointer, args }] };
}

function ofSeveral(
  candidates: readonly Manifest[],
  kind: string,
  pointer: string,
  isMistake: boolean,
): Checked<Manifest> {
  const [first, ...more] = candidates;
  if (first === undefined) {
    const severity = isMistake ? 'error' : 'warning';
    const finding: Finding = { code: 'preview-composition-missing', severity, pointer, args: { kind } };
    return { value: undefined, findings: [finding] };
  }
  if (more.length === 0) return { value: first, findings: [] };
  const args = { kind, names: candidates.map(nameOf) };
  return {
    value: first,
    findings: [{ code: 'preview-composition-ambiguous', severity: 'warning', pointer, args }],
  };
}
