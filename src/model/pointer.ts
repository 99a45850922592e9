/** JSON pointers: https://www.rfc-editor.org/rfc/rfc6901 */

/** One reference token, escaped. */
const token = (segment: string | number): string => {
  const text = String(segment);
  return /[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text;
};

/** The pointer that these segments make; none make the whole document's. */
export const pointerTo = (...segments: readonly (string | number)[]): string =>
  segments.map((segment) => `/${token(segment)}`).join('');

/** `/spec/queues` and `voyage-events` -> `/spec/queues/voyage-events`. */
export const within = (pointer: string, ...segments: readonly (string | number)[]): string =>
  `${pointer}${pointerTo(...segments)}`;

/** `/spec/queues` -> `['spec', 'queues']`; the root, `''`, has no segments. */
export const segmentsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
