import type { Document } from './documents.ts';
import { annotationOf } from './documents.ts';
import type { OwnedFolder } from './folders.ts';

/** Which Application brings a document, and in which of its waves. */
export interface Turn {
  readonly application: Document;
  readonly wave: number;
}

/** Turns of the documents that exactly one Application owns. */
export type Turns = ReadonlyMap<Document, Turn>;

export function turnsOf(owned: readonly OwnedFolder[]): Turns {
  const turns = new Map<Document, Turn>();
  for (const { documents, owners } of owned) {
    const [owner] = owners;
    if (owner === undefined || owners.length > 1) continue;
    const { application } = owner;
    for (const document of documents) turns.set(document, { application, wave: waveOf(document) });
  }
  return turns;
}

/** 0 where nothing is said, and where it is no number. */
function waveOf(document: Document): number {
  const wave = Number.parseInt(annotationOf(document, 'argocd.argoproj.io/sync-wave'), 10);
  return Number.isSafeInteger(wave) ? wave : 0;
}

/** Waves of two documents, or of the Applications that they are in, in the innermost Application that holds both. */
export interface Pair {
  readonly wave: number;
  readonly other: number;
  /** What of the other one is there: itself, or an Application that it is in. */
  readonly otherIn: Document;
}

/**
 * Applications that nobody holds count as held by one: who applies them keeps their order. Undefined where two roots
 * hold them, of whose order nobody knows.
 */
export function pairOf(one: Document, other: Document, turns: Turns): Pair | undefined {
  const levels = levelsOf(one, turns);
  for (const [holder, otherIn] of levelsOf(other, turns)) {
    const oneIn = levels.get(holder);
    if (oneIn !== undefined) return { wave: waveOf(oneIn), other: waveOf(otherIn), otherIn };
  }
  return undefined;
}

/** By each Application that holds a document, from the innermost on: what of it is there. A root may hold itself. */
function levelsOf(document: Document, turns: Turns): ReadonlyMap<Document | undefined, Document> {
  const levels = new Map<Document | undefined, Document>();
  const own = turns.get(document)?.application;
  let here: Document | undefined = document;
  while (here !== undefined) {
    const holder: Document | undefined = turns.get(here)?.application;
    if (levels.has(holder)) break;
    const isOutermost = holder === undefined;
    if (isOutermost && !(isApplication(here) && (here === document || here === own))) break;
    levels.set(holder, here);
    here = holder;
  }
  return levels;
}

const isApplication = ({ kind }: Document): boolean => kind === 'Application.argoproj.io';

/** Whether one is applied before the other, and so before the other is healthy. */
export function isBefore(one: Document, other: Document, turns: Turns): boolean {
  const pair = pairOf(one, other, turns);
  return pair !== undefined && pair.wave < pair.other;
}
