/** JSON pointers: https://www.rfc-editor.org/rfc/rfc6901 */

/** One reference token, escaped. */
export const token = (segment: string | number): string => {
  const text = String(segment);
  return /[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text;
};

/** The pointer that these segments make; none make the whole document's. */
export const pointerTo = (...segments: readonly (string | number)[]): string =>
  segments.map((segment) => `/${token(segment)}`).join('');
