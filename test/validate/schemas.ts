import fs from 'node:fs';
import type { Manifest } from '#manifests/manifest.ts';
import { disk } from '#manifests/read/disk.ts';
import { type Reading, readManifests } from '#manifests/read/read.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { openStore, type SchemaStore, withCrds } from '#validate/schema/store.ts';

/** The imported schemas, and the corpus of manifests that tests of validation share. */

const imports = new URL('../../imports/schemas/', import.meta.url);
const fixtures = new URL('../fixtures/manifests/', import.meta.url);

export const store = (version = '1.34'): SchemaStore =>
  openStore(version, (file) => JSON.parse(fs.readFileSync(new URL(file, imports), 'utf8')));

export const fixture = (name: string): string => new URL(name, fixtures).pathname;

export const corpus = (folder: 'good' | 'bad' | 'unreadable'): Reading =>
  readManifests([fixture(folder)], disk);

/** The good manifests: valid by every check. */
export const good = (): readonly Manifest[] => corpus('good').value ?? [];

/** The imported schemas and the CRDs of Tideline that are among the good manifests. */
export function corpusStore(): SchemaStore {
  const base = store();
  return withCrds(base, crdsIn(good(), base).crds);
}
