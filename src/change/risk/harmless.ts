import type { FieldRule } from './rule.ts';

/** Changes that nothing outside of git notices. */
export const HARMLESS: readonly FieldRule[] = [
  {
    id: 'metadata-only',
    risk: 'none',
    kinds: ['*'],
    field: /^metadata\.(labels|annotations)(\.|\[|$)/,
    when: ({ pointer }) =>
      !/~1(external-name|scheme|sync-options|tracking-id|role-arn|paused)$/.test(pointer),
    because: 'labels and annotations: nothing is restarted',
  },
  {
    id: 'initial-only',
    risk: 'none',
    kinds: ['*'],
    field: /^spec\.initProvider\./,
    because: 'used when it is made, and not afterwards',
  },
  {
    id: 'tags-only',
    risk: 'none',
    kinds: ['*'],
    field: /^spec\.forProvider\.(tags|tagsAll)(\.|\[|$)/,
    because: 'tags: nothing but bills and searches notices',
  },
];
