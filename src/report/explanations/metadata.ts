import type { MetadataCodes } from '#model/codes/metadata.ts';
import type { Explanations } from './explanation.ts';

const link = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/';

export const metadataExplanations: Explanations<MetadataCodes> = {
  'metadata-name': {
    why: 'Each kind has its own rule for names, because names end up in DNS, in paths or in labels.',
    mend: 'Write a name of that form.',
    link,
  },
  'metadata-name-other': {
    why: 'The API server computes the name that it expects, and refuses any other.',
    mend: 'Take the name that the message shows.',
    link,
  },
  'metadata-name-long': {
    why: 'What is made of it gets a suffix, and the whole must fit.',
    mend: 'Shorten the name.',
    link,
  },
  'metadata-name-reserved': { why: 'The prefix belongs to the system.', mend: 'Choose another name.', link },
  'metadata-key': {
    why: 'Label and annotation keys are a name, or a domain, a slash and a name.',
    mend: 'Correct the key.',
    link,
  },
  'metadata-label-value': {
    why: 'Labels are looked up by index, and so kept short and plain.',
    mend: 'Move long text into an annotation.',
    link,
  },
  'metadata-annotations-size': {
    why: 'All annotations together may have 256 KiB.',
    mend: 'Keep large data elsewhere.',
    link,
  },
  'metadata-finalizer': {
    why: 'A finalizer that nobody knows would keep the object for ever.',
    mend: 'Write domain/name.',
    link,
  },
  'metadata-owner-incomplete': {
    why: 'An owner is found by all four.',
    mend: 'Write apiVersion, kind, name and uid.',
    link,
  },
  'metadata-owner-kind': { why: "The garbage collector can't follow it.", mend: 'Remove the owner.', link },
  'metadata-owner-controllers': {
    why: 'Two controllers would fight over the object.',
    mend: 'Leave controller: true on one.',
    link,
  },
  'metadata-managed-by-server': {
    why: 'The API server writes it itself, and refuses it from others.',
    mend: 'Remove the field; it came from `kubectl get -o yaml`.',
    link,
  },
};
