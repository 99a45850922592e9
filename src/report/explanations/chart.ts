import type { ChartCodes } from '#model/codes/chart.ts';
import type { Explanations } from './explanation.ts';

const link = 'docs/how-to/use-a-helm-chart.md';

export const chartExplanations: Explanations<ChartCodes> = {
  'chart-not-locked': {
    why: 'A version is a name that a repository can give to other bytes tomorrow.',
    mend: 'Run plimsoll charts vendor and commit charts/.',
    link,
  },
  'chart-unreadable': {
    why: 'Without the chart nobody knows what it would create.',
    mend: 'Fetch it again with plimsoll charts vendor.',
    link,
  },
  'chart-changed': {
    why: 'Somebody or something has put another chart under the name of the one that was reviewed.',
    mend: 'Put the reviewed file back, or lock the new one on purpose.',
    link,
  },
  'chart-helm-missing': {
    why: 'Charts are templates of Helm; nothing else renders them as Helm does.',
    mend: 'Install Helm 3.12 or later, or name it in PLIMSOLL_HELM.',
    link,
  },
  'chart-render-failed': {
    why: 'Argo CD would fail in the same way, after the merge.',
    mend: 'Mend the values, or choose another version.',
    link,
  },
  'chart-value-refused': {
    why: 'Helm refuses such values, and a misspelt one does nothing.',
    mend: "Write what the chart's values.schema.json allows.",
    link,
  },
  'chart-not-repeatable': {
    why: 'Each synth would change passwords or certificates, and nobody could tell a change from noise.',
    mend: 'Give the value by reference, or let Argo CD render the chart.',
    link,
  },
  'chart-secret': {
    why: 'Whoever can read the repository could read it, for ever.',
    mend: 'Have the chart use an existing Secret.',
    link,
  },
  'chart-hook': {
    why: 'Helm runs a hook once for an installation; Argo CD does so whenever it syncs.',
    mend: 'See that it can run many times, or turn it off.',
    link,
  },
  'chart-outdated': {
    why: 'Old versions get no fixes.',
    mend: 'Raise the version, and read what plimsoll diff says.',
    link,
  },
  'chart-repository-failed': {
    why: 'Nobody can say whether there is a newer version.',
    mend: 'Try again with a network, or correct the repository.',
    link,
  },
};
