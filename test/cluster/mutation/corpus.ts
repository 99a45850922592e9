import fs from 'node:fs';
import { disk } from '#manifests/read/disk.ts';
import { readManifests } from '#manifests/read/read.ts';
import { renderComposite } from '#preview/render/composite.ts';
import { grouped } from './grouped.ts';
import { isJsonObject, type Json, type JsonObject } from './places.ts';

/**
 * The valid manifests that mutants are made of: those of `corpus/` (built-in kinds, with much in them), and for every
 * other kind the richest ones that plimsoll rendered, and that Crossplane would make of those.
 */

/** Where mutants of namespaced kinds are said to be created; nothing ever is. */
export const NAMESPACE = 'tideline-mutants';

/** How many manifests of a kind are taken from what was rendered. */
const RENDERED = 2;
const RENDERED_FOLDERS = ['dist', 'test/golden/online-boutique'];

/** `isServed` says whether there is a definition of a kind that Crossplane would make: not all are imported. */
export function corpus(isServed: (kind: string) => boolean): readonly JsonObject[] {
  const written = documentsOf([new URL('corpus/', import.meta.url).pathname]);
  const rendered = documentsOf(RENDERED_FOLDERS.filter((folder) => fs.existsSync(folder)));
  const known = new Set(written.map(kindOf));
  const others = [...rendered, ...composedOf(rendered).filter((one) => isServed(kindOf(one)))].filter(
    (document) => !known.has(kindOf(document)),
  );
  const richest = [...grouped(others, kindOf).values()].flatMap((documents) =>
    [...grouped(documents, nameOf).values()]
      .flatMap((namesakes) => namesakes.slice(0, 1))
      .sort((left, right) => size(right) - size(left))
      .slice(0, RENDERED),
  );
  return [...written, ...richest].map(moved);
}

export const kindOf = ({ apiVersion, kind }: JsonObject): string => `${apiVersion} ${kind}`;

const size = (document: JsonObject) => JSON.stringify(document).length;

const documentsOf = (paths: readonly string[]): readonly JsonObject[] =>
  (readManifests(paths, disk).value ?? []).map(({ object }) => JSON.parse(JSON.stringify(object)));

/** Into the namespace of the mutants, whatever was said before. */
function moved(document: JsonObject): JsonObject {
  const { metadata } = document;
  if (!isJsonObject(metadata) || metadata['namespace'] === undefined) return document;
  return { ...document, metadata: { ...metadata, namespace: NAMESPACE } };
}

/** What the compositions among the documents make of the claims among them. */
function composedOf(documents: readonly JsonObject[]): readonly JsonObject[] {
  const named = (kind: string) =>
    new Map(
      documents.filter((document) => document['kind'] === kind).map((one) => [nameOf(one), one] as const),
    );
  const compositions = named('Composition');
  const functions = [...named('Function').values()].map((one) => ({
    name: nameOf(one),
    package: String(isJsonObject(one['spec']) ? one['spec']['package'] : ''),
  }));
  return documents.flatMap((claim) => {
    const { spec, kind } = claim;
    const reference = isJsonObject(spec) ? spec['compositionRef'] : undefined;
    const composition = compositions.get(String(isJsonObject(reference) ? reference['name'] : ''));
    if (composition === undefined || !String(claim['apiVersion']).startsWith('platform.')) return [];
    const metadata: Json = { name: nameOf(claim), labels: { 'crossplane.io/composite': nameOf(claim) } };
    // Its secret is named otherwise, with a namespace.
    const { writeConnectionSecretToRef: _, ...rest } = isJsonObject(spec) ? spec : {};
    const composite: JsonObject = { ...claim, kind: `X${kind}`, metadata, spec: rest };
    const { value } = renderComposite({ composite, composition, functions });
    return [
      composite,
      ...(value?.resources ?? []).map(({ object }) => withName(JSON.parse(JSON.stringify(object)))),
    ];
  });
}

/** Crossplane generates names; here each needs one. */
function withName(document: JsonObject): JsonObject {
  const { metadata } = document;
  const given: JsonObject = isJsonObject(metadata) ? { ...metadata } : {};
  delete given['generateName'];
  // It names the composite's uid, which none has that was never created.
  delete given['ownerReferences'];
  return { ...document, metadata: { ...given, name: 'tideline-composed' } };
}

export const nameOf = ({ metadata }: JsonObject): string =>
  String(isJsonObject(metadata) ? metadata['name'] : '');
