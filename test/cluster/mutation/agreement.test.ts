import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definitions } from '../definitions.ts';
import { define, prepare } from './cluster.ts';
import { corpus, kindOf, NAMESPACE } from './corpus.ts';
import { groups, knownDisagreements, reasonFor } from './disagreements.ts';
import { KEPT, KEPT_LIMITS, keep, release } from './kept.ts';
import { kubeconformVerdicts } from './kubeconform.ts';
import { type Mutant, mutants } from './mutants.ts';
import { changes, type Ruling, rulings } from './oracle.ts';
import type { JsonObject } from './places.ts';
import { importedSchemas, verdicts } from './plimsoll.ts';
import { written } from './report.ts';
import { connect, type Server } from './server.ts';
import { type Case, foundShare, ours, wrongShare } from './tally.ts';

/**
 * How far plimsoll's verdict is the API server's: mutants of valid manifests of every kind, each judged by both, and
 * by kubeconform. Prints the confusion matrix by kind and by class; what they disagree about goes to
 * `.plimsoll/agreement/`. Needs PLIMSOLL_KUBECONFIG; PLIMSOLL_MUTANTS says how many, PLIMSOLL_SEED which.
 */
const kubeconfig = process.env['PLIMSOLL_KUBECONFIG'];
const count = Number(process.env['PLIMSOLL_MUTANTS'] ?? 4000);
const seed = Number(process.env['PLIMSOLL_SEED'] ?? 1);
const KUBERNETES = '1.34';

/** What was reached: a run that falls below fails. The goal is 0.98 and 0.001. */
const FLOORS = new URL('floors.json', import.meta.url);
const floors: { readonly found: number; readonly wrong: number } = JSON.parse(
  fs.readFileSync(FLOORS, 'utf8'),
);
/** Other mutants make other figures: so much less is no loss. */
const SLACK = { found: 0.003, wrong: 0.0007 };

describe.skipIf(kubeconfig === undefined)('agreement with a real API server', () => {
  const store = importedSchemas(KUBERNETES);
  let server: Server;
  let documents: readonly JsonObject[] = [];
  /** Those that the server accepts. */
  let taken: readonly JsonObject[] = [];

  beforeAll(async () => {
    server = connect(kubeconfig ?? '');
    documents = corpus((kind) => {
      const [apiVersion = '', name = ''] = kind.split(' ');
      return store.find(apiVersion, name) !== undefined;
    });
    await define(server, definitions());
    await release(server, documents);
    await prepare(server, [NAMESPACE, KEPT, KEPT_LIMITS]);
  }, 300_000);

  afterAll(async () => {
    await release(server, documents);
    server.close();
  }, 300_000);

  test('takes every manifest that mutants are made of, and so do we', async () => {
    const unchanged = documents.map((base, index) => asMutant(base, String(index)));
    const rules = await rulings(server, unchanged);
    const said = verdicts(unchanged, store);
    taken = documents.filter((_, index) => rules[index]?.verdict === 'accepted');
    const objections = unchanged.flatMap(({ base, description }, index) => [
      ...(rules[index]?.verdict === 'accepted'
        ? []
        : [`${description}: API server: ${rules[index]?.message}`]),
      ...(said[index]?.findings ?? []).map(
        (finding) => `${kindOf(base)} ${description}: plimsoll: ${finding}`,
      ),
    ]);
    expect(objections).toEqual([]);
  }, 300_000);

  test(`finds what it rejects, of ${count} mutants`, async () => {
    const made = mutants(taken, count, seed);
    const start = performance.now();
    // What is changed must be right by itself, too: the next cluster gets it as it is.
    const created = await rulings(server, made);
    // Only now: what exists has taken names and ports.
    await keep(server, taken);
    const updated = await changes(server, made, created);
    const asked = performance.now();
    const said = verdicts(made, store);
    const judged = performance.now();
    const peer = kubeconformVerdicts(made, store);
    const known = knownDisagreements();
    const cases = made.map((mutant, index): Case => {
      const ruling = updated[index] ?? NO_RULING;
      const theirs = peer?.isRejected(mutant.id);
      const one = { mutant, ruling, ours: said[index] ?? { isRejected: false, findings: [] }, theirs };
      const reason = reasonFor(one, known);
      return reason === undefined ? one : { ...one, known: reason };
    });
    const about = { seed, kubernetes: KUBERNETES, kubeconform: peer?.version };
    const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
    process.stdout.write(
      `${written(cases, groups(cases), about)}\nAPI server ${seconds(start, asked)} s, plimsoll ${seconds(asked, judged)} s, kubeconform ${seconds(judged, performance.now())} s\n`,
    );
    const matrix = ours(cases);
    if (process.env['PLIMSOLL_RAISE_FLOORS'] === '1') raise(foundShare(matrix), wrongShare(matrix));
    expect(cases.length).toBe(count);
    expect(foundShare(matrix), 'share found of what the API server rejects').toBeGreaterThanOrEqual(
      floors.found,
    );
    expect(wrongShare(matrix), 'share rejected of what it accepts').toBeLessThanOrEqual(floors.wrong);
  }, 3_600_000);
});

/** Floors only ever rise. */
function raise(found: number, wrong: number): void {
  const rounded = (share: number) => Math.round(share * 10_000) / 10_000;
  const raised = {
    found: Math.max(floors.found, rounded(found - SLACK.found)),
    wrong: Math.min(floors.wrong, rounded(wrong + SLACK.wrong)),
  };
  fs.writeFileSync(FLOORS, `{ "found": ${raised.found}, "wrong": ${raised.wrong} }\n`);
}

const NO_RULING: Ruling = { verdict: 'unjudged', message: 'it was not asked', causes: [] };

const asMutant = (base: JsonObject, id: string): Mutant => {
  const description = `${kindOf(base)} ${JSON.stringify(base['metadata']).slice(0, 60)}`;
  const common = { id, kind: kindOf(base), base, isUpdate: false, description };
  return { ...common, class: 'unchanged', text: JSON.stringify(base), object: base };
};
