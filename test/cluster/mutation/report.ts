import fs from 'node:fs';
import { type Group, normalised } from './disagreements.ts';
import { grouped } from './grouped.ts';
import { type Case, explained, foundShare, ours, table, theirs, wrongShare } from './tally.ts';

/** What a run says: the tables for people, and files for those who work on the differences. */

const FOLDER = '.plimsoll/agreement';
const PRINTED = 25;

interface About {
  readonly seed: number;
  readonly kubernetes: string;
  readonly kubeconform: string | undefined;
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

/** Writes `disagreements.json`, `figures.json` and `report.md`; returns the report as text. */
export function written(cases: readonly Case[], groups: readonly Group[], about: About): string {
  const [us, them, known] = [ours(cases), theirs(cases), explained(cases)];
  const unjudged = cases.filter(({ ruling }) => ruling.verdict === 'unjudged').length;
  const hasPeer = about.kubeconform !== undefined;
  const figures = {
    ...about,
    mutants: cases.length,
    unjudged,
    plimsoll: { ...us, foundShare: foundShare(us), wrongShare: wrongShare(us) },
    explained: { foundShare: foundShare(known), wrongShare: wrongShare(known) },
    ...(hasPeer ? { peer: { ...them, foundShare: foundShare(them), wrongShare: wrongShare(them) } } : {}),
  };
  const summary = [
    `${cases.length} mutants, seed ${about.seed}, Kubernetes ${about.kubernetes}; ${unjudged} unjudged (the cluster's state decides)`,
    `plimsoll found ${percent(foundShare(us))} of the ${us.found + us.missed} that the API server rejects; wrongly rejected ${percent(wrongShare(us))} of the ${us.wrong + us.right} that it accepts`,
    `  without the known disagreements: ${percent(foundShare(known))}, ${percent(wrongShare(known))}`,
    hasPeer
      ? `kubeconform ${about.kubeconform} found ${percent(foundShare(them))}; wrongly rejected ${percent(wrongShare(them))}`
      : 'kubeconform is not installed',
  ].join('\n');
  const tables = [
    table('kind', cases, ({ mutant }) => mutant.kind),
    table('class', cases, ({ mutant }) => mutant.class),
  ].join('\n\n');
  const counted = (by: (one: Case) => string) =>
    [...grouped(cases, by)].map(([name, some]) => ({ name, plimsoll: ours(some), peer: theirs(some) }));
  const tallies = {
    kinds: counted(({ mutant }) => mutant.kind),
    classes: counted(({ mutant }) => mutant.class),
  };
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(`${FOLDER}/figures.json`, `${JSON.stringify({ ...figures, ...tallies }, null, 1)}\n`);
  fs.writeFileSync(`${FOLDER}/disagreements.json`, `${JSON.stringify({ figures, groups }, null, 1)}\n`);
  const why = groupedCounts(
    cases
      .filter(({ ruling }) => ruling.verdict === 'unjudged')
      .map(({ ruling }) => normalised(ruling.message)),
  );
  fs.writeFileSync(`${FOLDER}/unjudged.json`, `${JSON.stringify(why, null, 1)}\n`);
  fs.writeFileSync(`${FOLDER}/report.md`, markdown(summary, tables, groups));
  const top = groups
    .slice(0, PRINTED)
    .map(({ side, count, said }) => `${String(count).padStart(6)} ${side} ${said}`);
  return ['', tables, '', summary, '', 'most frequent disagreements:', ...top].join('\n');
}

const groupedCounts = (texts: readonly string[]) =>
  Object.fromEntries([...grouped(texts, (text) => text)].map(([text, same]) => [text, same.length]));

const LISTED = 80;

function markdown(summary: string, tables: string, groups: readonly Group[]): string {
  const open = groups.filter(({ known }) => known === undefined);
  const listed = (side: Group['side']) =>
    open
      .filter((group) => group.side === side)
      .slice(0, LISTED)
      .map(entry)
      .join('\n');
  return [
    '# Agreement with the API server\n',
    `\`\`\`\n${summary}\n\n${tables}\n\`\`\`\n`,
    `## The API server rejects, plimsoll does not\n\n${listed('missed')}\n`,
    `## Plimsoll rejects, the API server does not\n\n${listed('wrong')}\n`,
  ].join('\n');
}

const entry = ({ count, said, kinds, examples }: Group) =>
  [
    `### ${count} × ${said}`,
    `kinds: ${kinds.join(', ')}\n`,
    ...examples.map(
      (one) =>
        `- ${one.kind}, ${one.class}: \`${one.mutant}\`\n  API server: ${one.apiServer.slice(0, 300)}${one.plimsoll.length > 0 ? `\n  plimsoll: ${one.plimsoll.join('; ')}` : ''}`,
    ),
    '',
  ].join('\n');
