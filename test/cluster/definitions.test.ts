import { describe, expect, it } from 'vitest';
import { readManifestText } from '#manifests/read/read.ts';
import type { Finding } from '#model/finding.ts';
import { checkRules } from '#validate/cel/check.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { store } from '../validate/schemas.ts';
import { KUBECONFIG, steps, tryCreate } from './api-server.ts';
import { DEFINITION_CASES } from './definition-cases.ts';

/**
 * The API server as the oracle of rules in definitions: it refuses what plimsoll refuses, at the same place. Runs where
 * PLIMSOLL_KUBECONFIG names the kubeconfig of a cluster that may be written to.
 */
const definition = (spec: object) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'trials.definitions.tideline.example' },
  spec: {
    group: 'definitions.tideline.example',
    scope: 'Namespaced',
    names: { kind: 'Trial', plural: 'trials', singular: 'trial', listKind: 'TrialList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
      },
    ],
  },
});

const base = store();

function refused(object: object): readonly Finding[] {
  const { manifests } = readManifestText(JSON.stringify(object), 'crd.json');
  const { definitions, findings } = crdsIn(manifests, base);
  return [...findings, ...checkRules(manifests, base, { definitions }).findings];
}

/** Where in the schema. */
const place = (field: string) => steps(field.replace(/^.*openAPIV3Schema/, ''));

/** How many times too much, as the API server writes it. */
function factorOf({ code, args }: Finding): readonly string[] {
  if (code !== 'rule-cost-estimate' && code !== 'rule-cost-total') return [];
  const { factor } = args;
  return [factor > 100 ? 'more than 100' : factor < 1.5 ? factor.toFixed(6) : factor.toFixed(1)];
}

describe.runIf(KUBECONFIG !== '')('the API server', () => {
  it.each(Object.entries(DEFINITION_CASES))('judges the definition %s', async (_, spec) => {
    const object = definition(spec);
    const answer = await tryCreate(object, 'customresourcedefinitions', false);
    const ours = refused(object);
    const told = `${answer.message}\n${JSON.stringify(ours, null, 1)}`;
    expect(ours.length === 0, told).toBe(answer.isAccepted);
    const places = new Set(ours.map(({ pointer = '' }) => place(pointer)));
    // A rule that can't be read uses no oldSelf either, which the API server says as well.
    const isUnread = answer.message.includes('compilation failed');
    const theirs = answer.causes.filter(
      ({ field = '', message = '' }) =>
        !(isUnread && field.endsWith('.optionalOldSelf')) &&
        // Which rules are the dearest is said besides.
        !message.includes('contributed to estimated rule cost total'),
    );
    expect([...places].sort(), told).toEqual(
      [...new Set(theirs.map(({ field = '' }) => place(field)))].sort(),
    );
    expect(ours.flatMap(factorOf).sort(), told).toEqual(
      theirs.flatMap(({ message = '' }) => /by factor of (.*?)x/.exec(message)?.[1] ?? []).sort(),
    );
  });
});
