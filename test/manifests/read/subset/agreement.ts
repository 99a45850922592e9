import { parseCompletely } from '#manifests/read/parse.ts';
import { splitDocuments } from '#manifests/read/split.ts';
import { isPrintable, readSubset } from '#manifests/read/subset/document.ts';
import { subsetPlaces } from '#manifests/read/subset/place.ts';
import { within } from '#model/pointer.ts';

/** What the fast reader did with the documents of a text. */
export interface Agreement {
  readonly read: number;
  readonly givenUp: number;
  /** Documents that it read other than the complete reader does; must be none. */
  readonly different: readonly string[];
}

/** Holds the fast reader to the complete one, document by document, values and places. */
export function agreementOn(text: string, { places = true } = {}): Agreement {
  let read = 0;
  let givenUp = 0;
  const different: string[] = [];
  for (const chunk of splitDocuments(text)) {
    const quick = isPrintable(text)
      ? readSubset(text, chunk.start, chunk.start + chunk.text.length)
      : undefined;
    if (quick === undefined) {
      givenUp++;
      continue;
    }
    read++;
    const complete = parseCompletely(chunk.text);
    const [document] = complete;
    const isSame =
      complete.length === 1 &&
      document !== undefined &&
      document.problems.length === 0 &&
      document.empty === 'empty' in quick &&
      // JSON tells the order of fields too, and nothing but JSON may come of either.
      ('empty' in quick || JSON.stringify(document.value) === JSON.stringify(quick.value));
    if (!isSame) different.push(chunk.text);
    else if (places && !('empty' in quick) && !arePlacesSame(chunk.text, quick.value, document.offsetOf))
      different.push(`places of ${chunk.text}`);
  }
  return { read, givenUp, different };
}

function arePlacesSame(text: string, value: unknown, offsetOf: (pointer: string) => number): boolean {
  const quick = subsetPlaces(text);
  return (
    quick !== undefined &&
    pointersIn(value).every((pointer) => {
      const place = quick(pointer);
      return place === undefined || place === offsetOf(pointer);
    })
  );
}

/** Pointers of everything in a value, and of something that is in none. */
function pointersIn(value: unknown, base = ''): readonly string[] {
  const inside =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, content]) => pointersIn(content, within(base, name)))
      : [];
  return [base, `${base}/no-such-berth`, ...inside];
}
