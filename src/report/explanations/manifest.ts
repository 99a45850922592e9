import type { ManifestCodes } from '#model/codes/manifest.ts';
import type { PlatformCodes } from '#model/codes/platform.ts';
import type { Explanations } from './explanation.ts';

const link = 'docs/how-to/validate-any-manifests.md';

export const manifestExplanations: Explanations<ManifestCodes & PlatformCodes> = {
  'manifest-unreadable': {
    why: "What can't be read can't be judged, and leaving it out would be silent.",
    mend: 'Correct the path or the permissions.',
    link,
  },
  'manifest-none': {
    why: 'A run without a document would be green without having checked anything.',
    mend: 'Name a file or folder that holds manifests.',
    link,
  },
  'manifest-link-skipped': {
    why: 'A link may lead to files that are not part of the review, or back to itself.',
    mend: 'Put the file itself into the folder.',
    link,
  },
  'manifest-base-empty': {
    why: 'Rules on changes and deletions find nothing where there is nothing to compare with.',
    mend: 'Correct --base, unless these manifests are the first.',
    link,
  },
  'manifest-base-unreadable': {
    why: 'What the file held before is not known, so rules on changes and deletions could not be judged for it.',
    mend: 'Choose a base that can be read, unless this very change mends the file.',
    link,
  },
  'manifest-encoding': { why: 'The API machinery reads UTF-8 only.', mend: 'Save the file as UTF-8.', link },
  'manifest-too-large': {
    why: 'The API server takes no object that large; reading it would let a stranger exhaust the machine.',
    mend: 'Split it, or look what went into it.',
    link,
  },
  'manifest-too-deep': {
    why: 'The API machinery refuses such depth, and so does this.',
    mend: 'Flatten the document.',
    link,
  },
  'manifest-expands': {
    why: 'A few aliases can stand for billions of values.',
    mend: 'Write the values out.',
    link,
  },
  'manifest-syntax': { why: 'kubectl and Argo CD would stop at this place.', mend: 'Mend the syntax.', link },
  'manifest-duplicate-key': {
    why: 'Strict field validation refuses it; without, the last one wins silently.',
    mend: 'Remove one.',
    link,
  },
  'manifest-key': { why: 'Manifests become JSON, whose keys are text.', mend: 'Quote the key.', link },
  'manifest-tag': { why: "The API machinery knows only YAML's own tags.", mend: 'Remove the tag.', link },
  'manifest-alias': { why: 'There is nothing that it could repeat.', mend: 'Write the value out.', link },
  'manifest-merge': {
    why: 'The API machinery and YAML 1.2 read merge keys differently.',
    mend: 'Write the values out.',
    link,
  },
  'manifest-number': {
    why: 'Beyond 64 bits the number is not the one that you wrote when it arrives.',
    mend: 'Quote it if it is a name; otherwise write a smaller one.',
    link,
  },
  'manifest-no-object': {
    why: 'Only objects with apiVersion, kind and metadata can be applied.',
    mend: 'Complete it, or remove it from the folder.',
    link,
  },
  'manifest-identity': {
    why: 'Without apiVersion, kind and name nobody can say what it is.',
    mend: 'Write what is missing.',
    link,
  },
  'manifest-duplicate': {
    why: 'The one that is applied last wins, and Argo CD syncs for ever.',
    mend: 'Remove one, or rename it.',
    link,
  },
  'manifest-duplicate-external-name': {
    why: 'Two controllers would fight over one thing in the cloud, and deleting one deletes it.',
    mend: 'Give each its own name.',
    link,
  },
  'output-stale': {
    why: 'Argo CD syncs what is committed, not what the environment files say.',
    mend: 'Run npm run synth and commit dist/.',
    link,
  },
  'manifest-unchecked': {
    why: 'Nothing is green that was not checked.',
    mend: 'Give its schema with --schemas, or a policy that looks at it.',
    link,
  },
  'manifests-unchecked': {
    why: 'Nothing is green that was not checked; here it was not asked for.',
    mend: 'Run all checks, or look at --report ledger=FILE.',
    link,
  },
  'platform-policy-too-large': {
    why: 'IAM takes 10,240 characters of inline policies in a role.',
    mend: 'Let the service use fewer things, or split the service.',
    link,
  },
  'platform-restore-window': {
    why: "Atlas can't restore to a moment whose snapshot is gone.",
    mend: 'Keep snapshots longer, or shorten the window.',
    link,
  },
};
