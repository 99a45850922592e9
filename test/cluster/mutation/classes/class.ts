import type { Json, Place } from '../places.ts';
import type { Random } from '../random.ts';

/** One way in which people go wrong. Knows JSON and how people write, nothing of Kubernetes. */
export interface MutationClass {
  readonly name: string;
  /** Whether it can do something at this place. */
  readonly fits: (place: Place) => boolean;
  /** Changes the document at this place. `places` are all of the document. */
  readonly mutate: (place: Place, random: Random, places: readonly Place[]) => void;
}

/** A number that JavaScript can't hold, or would write otherwise, as it shall stand in the text. */
export const verbatim = (digits: string): string => `@@${digits}@@`;

/** A document as JSON, verbatim numbers included. */
export const jsonText = (document: Json): string =>
  JSON.stringify(document).replaceAll(/"@@([-+.0-9a-zA-Z]+)@@"/g, '$1');
