import type { NameForm } from '#model/codes/metadata.ts';

/**
 * The forms of names, label keys and label values.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */

// None of these patterns can match the same text in two ways, so none can backtrack for long.
const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const RFC_1035_LABEL = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const NAME_PART = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** RFC 1123 label: one part of a domain name. */
export const isLabel = (text: string): boolean => text.length <= 63 && LABEL.test(text);

/** RFC 1035 label: as RFC 1123, but it starts with a letter. */
export const isRfc1035Label = (text: string): boolean => text.length <= 63 && RFC_1035_LABEL.test(text);

/** RFC 1123 subdomain: labels with dots between them, of any length each. */
export const isSubdomain = (text: string): boolean => text.length <= 253 && SUBDOMAIN.test(text);

/** A key of a label, or a finalizer: `name`, or `example.com/name`. */
export function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  return (slash === -1 || isSubdomain(text.slice(0, slash))) && name.length <= 63 && NAME_PART.test(name);
}

export const isLabelValue = (text: string): boolean =>
  text === '' || (text.length <= 63 && NAME_PART.test(text));

/** What can stand in a URL's path as it is. */
export const isPathSegment = (text: string): boolean =>
  text !== '.' && text !== '..' && !text.includes('/') && !text.includes('%');

/** What such a segment can start with. */
export const isPathSegmentPrefix = (text: string): boolean => !text.includes('/') && !text.includes('%');

const HOLDS: Readonly<Record<NameForm, (text: string) => boolean>> = {
  subdomain: isSubdomain,
  label: isLabel,
  'rfc1035-label': isRfc1035Label,
  'path-segment': isPathSegment,
  'config-key': (text) => text.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(text) && !/^\.\.?$|^\.\./.test(text),
};

export const hasForm = (form: NameForm, text: string): boolean => HOLDS[form](text);
