import type { WaiverCodes } from '#model/codes/waiver.ts';
import type { Messages } from './message.ts';

export const waiverMessages: Messages<WaiverCodes> = {
  'record-unreadable': {
    title: 'A file of waivers, a baseline or the cases of a policy cannot be read',
    sentence: ({ error }) => `the file cannot be read: ${error}`,
    mend: () => 'mend the YAML; nothing of the file was used',
  },
  'record-field': {
    title:
      'A field of waivers, of a baseline or of the cases of a policy is unknown, missing or of the wrong form',
    sentence: ({ field, problem, expected }) =>
      problem === 'unknown'
        ? `there is no field ${field} here`
        : problem === 'missing'
          ? `${field} is missing`
          : `${field} must be ${expected ?? 'something else'}`,
    mend: ({ problem, expected }) =>
      problem === 'unknown'
        ? expected === undefined
          ? 'remove it'
          : `write ${expected}, or remove it`
        : `write ${expected ?? 'it'}`,
  },
  'waiver-unknown': {
    title: 'A waiver names a code or a policy that does not exist, so it waives nothing',
    sentence: ({ what, name }) => `there is no ${what} ${name}`,
    mend: ({ suggestion }) => (suggestion === undefined ? 'remove the waiver' : `write ${suggestion}`),
  },
  'waiver-refused': {
    title: 'A waiver names a code that means that something was not checked, which nobody can waive',
    sentence: ({ code }) => `${code} means that something was not checked, which can't be waived`,
    mend: () => 'mend what it speaks of, and remove the waiver',
  },
  'waiver-too-broad': {
    title: 'A waiver that would hide more than somebody looked at; it waives nothing',
    sentence: ({ waived, problem }) =>
      problem === 'nothing-waived'
        ? 'the waiver names neither a code nor a policy'
        : problem === 'nobody-selected'
          ? `the waiver of ${waived} selects neither a name nor a namespace`
          : `the waiver of ${waived} holds for longer than a year`,
    mend: ({ problem }) =>
      problem === 'nothing-waived'
        ? 'name what is waived'
        : problem === 'nobody-selected'
          ? 'select the objects that are meant, by name or namespace (more than * alone)'
          : 'choose a day within a year; it can be prolonged',
  },
  'waiver-expired': {
    title: 'The day until which a waiver holds is over; it waives nothing any more',
    sentence: ({ waived, until, owner }) =>
      `the waiver of ${waived} ended on ${until}; its owner is ${owner}`,
    mend: () => 'mend what was waived and remove the waiver, or agree on another day',
  },
  'waiver-unused': {
    title: 'A waiver that waived nothing in this run',
    sentence: ({ waived, owner }) =>
      `nothing was found that the waiver of ${waived} is for; its owner is ${owner}`,
    mend: () => 'remove the waiver',
  },
  'baseline-stale': {
    title: 'A finding of the baseline occurs no more, or less often',
    sentence: ({ code, object, left }) =>
      left === 0
        ? `${code} is no longer found at ${object}`
        : `${code} is found at ${object} only ${left === 1 ? 'once' : `${left} times`} now`,
    mend: () => 'run the same command with --write-baseline: it only removes',
  },
};
