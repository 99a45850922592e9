import type { ChartCodes } from '#model/codes/chart.ts';
import type { Messages } from './message.ts';

const listed = (names: readonly string[]): string =>
  names.length <= 4 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`;

/** Sentences of rendering Helm charts. */
export const chartMessages: Messages<ChartCodes> = {
  'chart-not-locked': {
    title: 'A chart that is to be rendered, and whose bytes nobody has fixed',
    sentence: ({ chart, version }) => `${chart} ${version} is not in charts/lock.json`,
    mend: () => 'run plimsoll charts vendor, and commit what it writes',
  },
  'chart-unreadable': {
    title: 'A packed chart, or the lock file of charts, that cannot be used',
    sentence: ({ file, problem }) => `${file} can't be used: ${problem}`,
    mend: () => 'run plimsoll charts vendor, or put the file there that was committed',
  },
  'chart-changed': {
    title: 'A chart with other bytes than those that were locked',
    sentence: ({ file, expected, found }) =>
      `${file} has the SHA-256 ${found.slice(0, 12)}…, not ${expected.slice(0, 12)}… as locked`,
    mend: () =>
      'put the file back that was reviewed; if the new one is right, remove its entry in charts/lock.json and run plimsoll charts vendor',
  },
  'chart-helm-missing': {
    title: 'Helm cannot be run',
    sentence: ({ program, problem }) => `${program} can't be run: ${problem}`,
    mend: () =>
      'install Helm, name it in PLIMSOLL_HELM, or leave render out to have Argo CD render the chart',
  },
  'chart-render-failed': {
    title: 'A chart that does not render',
    sentence: ({ chart, version, problem }) => `${chart} ${version} does not render: ${problem}`,
    mend: () => 'mend the values, or choose a version that renders with them',
  },
  'chart-value-refused': {
    title: "A value that the chart's own schema refuses",
    sentence: ({ chart, version, problem }) => `${chart} ${version} refuses its values: ${problem}`,
    mend: () => 'write what values.schema.json of the chart allows',
  },
  'chart-not-repeatable': {
    title: 'A chart that renders something else each time',
    sentence: ({ chart, version, objects }) =>
      `${chart} ${version} renders something else each time: ${listed(objects)}`,
    mend: () =>
      'give the value that the chart makes up (a password, a certificate) as a reference, or leave render out',
  },
  'chart-secret': {
    title: 'A chart that renders a Secret with data',
    sentence: ({ chart, version, secret, keys }) =>
      `${chart} ${version} renders the Secret ${secret} with ${listed(keys)}, which would be in git`,
    mend: () => 'have the chart take an existing Secret, which External Secrets makes, or leave render out',
  },
  'chart-hook': {
    title: 'A hook of Helm that Argo CD runs at each sync',
    sentence: ({ chart, version, object, hooks }) =>
      `${object} of ${chart} ${version} is a hook (${listed(hooks)}), which Argo CD runs at each sync`,
    mend: () => 'see that it can run many times, or turn it off by a value of the chart',
  },
  'chart-outdated': {
    title: 'A chart of which there is a newer version',
    sentence: ({ chart, version, newest }) => `${chart} is at ${version}; there is ${newest}`,
    mend: ({ newest, isOwn }) =>
      isOwn
        ? 'a newer plimsoll brings it: the platform pins its own charts'
        : `write version: ${newest}, and read what plimsoll diff says`,
  },
  'chart-repository-failed': {
    title: 'A chart repository that does not answer as one',
    sentence: ({ repository, problem }) => `${repository} does not tell its versions: ${problem}`,
    mend: () => 'try again with a network, or correct the repository',
  },
};
