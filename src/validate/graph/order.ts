import type { Document } from './documents.ts';
import { annotationOf } from './documents.ts';
import type { OwnedFolder } from './folders.ts';

/** When Argo CD applies a document: first by the wave of its Application, then by its own. */
export interface Turn {
  readonly application: Document;
  readonly applicationWave: number;
  readonly wave: number;
}

/** Turns of the documents that exactly one Application owns. */
export function turnsOf(owned: readonly OwnedFolder[]): ReadonlyMap<Document, Turn> {
  const turns = new Map<Document, Turn>();
  for (const { documents, owners } of owned) {
    const [owner] = owners;
    if (owner === undefined || owners.length > 1) continue;
    const { application } = owner;
    const applicationWave = waveOf(application);
    for (const document of documents)
      turns.set(document, { application, applicationWave, wave: waveOf(document) });
  }
  return turns;
}

/** 0 where nothing is said, and where it is no number. */
function waveOf(document: Document): number {
  const wave = Number.parseInt(annotationOf(document, 'argocd.argoproj.io/sync-wave'), 10);
  return Number.isSafeInteger(wave) ? wave : 0;
}

/** Whether one is applied before the other, and so before the other is healthy. Of two roots nobody knows. */
export function isBefore(one: Turn, other: Turn, turns: ReadonlyMap<Document, Turn>): boolean {
  if (one.application === other.application) return one.wave < other.wave;
  const [root, otherRoot] = [turns.get(one.application), turns.get(other.application)];
  return root?.application === otherRoot?.application && one.applicationWave < other.applicationWave;
}
