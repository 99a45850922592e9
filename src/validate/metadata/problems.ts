import type { Finding } from '#model/finding.ts';
import { pointerTo } from '#model/pointer.ts';
import { hasForm, isPathSegment, isPathSegmentPrefix } from './forms.ts';
import { annotationProblems, labelProblems } from './keys.ts';
import { finalizerProblems, ownerProblems } from './owners.ts';

/** What metadata of any object may say, wherever it stands. Pointers start at the metadata. */

type Fields = Readonly<Record<string, unknown>>;

/**
 * Labels, annotations, finalizers and owners.
 *
 * @param lenient Finalizers need no domain.
 */
export function metadataProblems(metadata: Fields, lenient: boolean): readonly Finding[] {
  const { labels, annotations, finalizers, ownerReferences } = metadata;
  const problems: Finding[] = [];
  if (labels !== undefined) problems.push(...labelProblems(labels, '/labels'));
  if (annotations !== undefined) problems.push(...annotationProblems(annotations, '/annotations'));
  if (finalizers !== undefined) problems.push(...finalizerProblems(finalizers, lenient));
  if (ownerReferences !== undefined) problems.push(...ownerProblems(ownerReferences));
  return problems;
}

/** Metadata of an object in another one: its kind's own rules for names are not known there. */
export function embeddedMetadataProblems(metadata: Fields): readonly Finding[] {
  const { name, generateName, namespace, generation } = metadata;
  const problems: Finding[] = [];
  const refuse = (
    field: 'name' | 'generateName' | 'namespace',
    found: string,
    form: 'path-segment' | 'label',
  ) =>
    problems.push({
      code: 'metadata-name',
      severity: 'error',
      pointer: pointerTo(field),
      args: { field, kind: 'object', found, form },
    });
  if (typeof name === 'string' && !isPathSegment(name)) refuse('name', name, 'path-segment');
  if (typeof generateName === 'string' && !isPathSegmentPrefix(generateName))
    refuse('generateName', generateName, 'path-segment');
  if (typeof namespace === 'string' && namespace !== '' && !hasForm('label', namespace))
    refuse('namespace', namespace, 'label');
  if (typeof generation === 'number' && generation < 0)
    problems.push({
      code: 'metadata-managed-by-server',
      severity: 'error',
      pointer: pointerTo('generation'),
      args: { field: 'generation' },
    });
  return [...problems, ...metadataProblems(metadata, true)];
}
