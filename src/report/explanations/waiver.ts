import type { WaiverCodes } from '#model/codes/waiver.ts';
import type { Explanations } from './explanation.ts';

const waivers = 'docs/how-to/waive-a-finding.md';
const baseline = 'docs/how-to/adopt-with-a-baseline.md';

export const waiverExplanations: Explanations<WaiverCodes> = {
  'record-unreadable': {
    why: 'Nothing of the file was used: what it waives is found again, what it tests is not tested.',
    mend: 'Mend its YAML.',
    link: waivers,
  },
  'record-field': {
    why: 'A field that is misspelt does nothing, and nobody would notice.',
    mend: 'Write the field as the schema has it; its entry was not used.',
    link: waivers,
  },
  'waiver-unknown': {
    why: 'It waives nothing, and would waive whatever gets that name one day.',
    mend: 'Correct the name, or remove the waiver.',
    link: waivers,
  },
  'waiver-refused': {
    why: 'A waiver says that a result is accepted. Where nothing was checked there is no result.',
    mend: 'Mend what stood in the way of the check.',
    link: waivers,
  },
  'waiver-too-broad': {
    why: 'It would also hide what comes tomorrow, which nobody has looked at.',
    mend: 'Select by name or namespace, and until a day within a year.',
    link: waivers,
  },
  'waiver-expired': {
    why: 'Its owner promised to look again by this day. What it waived is found again.',
    mend: 'Mend the cause and remove the waiver, or agree on another day.',
    link: waivers,
  },
  'waiver-unused': {
    why: 'What it was for is mended, so it can only hide something new.',
    mend: 'Remove it.',
    link: waivers,
  },
  'baseline-stale': {
    why: 'What is mended must not come back unseen: the baseline only shrinks.',
    mend: 'Run the same command with --write-baseline.',
    link: baseline,
  },
};
