import { groupOf } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { within } from '#model/pointer.ts';
import { type Suggest, suggester } from '#model/suggest.ts';
import { checkDefinitions } from '../cel/definitions.ts';
import type { CheckOutcome } from '../check.ts';
import { findingAt } from '../finding.ts';
import { type DocumentJudge, documentJudge } from '../schema/check.ts';
import type { Definition } from '../schema/documents.ts';
import type { SchemaStore } from '../schema/store.ts';
import { checkBases, checkKinds, schemaOfBase } from './base.ts';
import { checkComposite } from './composite.ts';
import { checkConnections } from './connection.ts';
import { checkDefinition } from './definition.ts';
import { checkDeletion } from './deletion.ts';
import {
  type CompositionDocument,
  compositionIn,
  type DefinitionDocument,
  definitionIn,
  functionIn,
} from './document.ts';
import { readInput } from './function-input.ts';
import { checkGates } from './gates.ts';
import type { Judging } from './judging.ts';
import { checkNames } from './names.ts';
import { checkPatches } from './patches.ts';
import { checkRequired } from './required.ts';
import { checkSelectors, labelled } from './selectors.ts';
import { checkSteps, type FunctionNames, isAutoReady, isPatchAndTransform } from './steps.ts';
import { placesOf } from './written.ts';

/**
 * Compositions, checked without rendering them: what function-patch-and-transform is given, each base against its
 * CRD, each patch against the composite's schema and the base's, and how the resources find and wait for each other.
 *
 * Input: manifests that go to one cluster, among them XRDs, Compositions and Functions, and the schemas. Output: each
 * finding blames a line of a Composition or an XRD. Guarantees: pure; whatever a stranger wrote, it ends in time that
 * grows with the size of the document; schemas are read as they are needed. What is unknown (a CRD, another
 * function's input) is a finding and not a silence.
 */
export function checkCompositions(
  manifests: readonly Manifest[],
  store: SchemaStore,
  xrds: readonly Definition[] = [],
): CheckOutcome {
  const definitions = manifests.flatMap((manifest) => definitionIn(manifest) ?? []);
  const compositions = manifests.flatMap((manifest) => compositionIn(manifest) ?? []);
  const functions = new Map(
    manifests
      .flatMap((manifest) => functionIn(manifest) ?? [])
      .map(({ name, repository }) => [name, repository]),
  );
  const surroundings = { store, definitions, functions, judge: documentJudge(store), suggest: suggester() };
  const judged = compositions.map((composition) => readComposition(composition, surroundings));
  const everywhere = judged.flatMap(({ inputs }) =>
    inputs.flatMap(({ entries }) => entries.flatMap(labelled)),
  );
  const findings = judged.flatMap(({ composition, inputs, findings: own }) => {
    const found = [...own, ...inputs.flatMap((judging) => judgeInput(judging, everywhere))];
    return told(composition.manifest, found);
  });
  const ofDefinitions = definitions.flatMap((definition) => {
    const mine = judged.filter(({ composition }) => isFor(composition, definition));
    const isWhole = mine.every(({ isAlone }) => isAlone);
    return told(
      definition.manifest,
      checkDefinition(
        definition,
        mine.flatMap(({ inputs }) => inputs),
        isWhole,
      ),
    );
  });
  const covered = new Set([...compositions, ...definitions].map(({ manifest }) => manifest));
  // Crossplane makes CRDs of them, and the API server judges the rules in those.
  const ofRules = checkDefinitions(xrds, store);
  return {
    check: 'composition',
    engine: 'embedded',
    findings: [...ofRules, ...ofDefinitions, ...findings],
    covered,
  };
}

interface Surroundings {
  readonly store: SchemaStore;
  readonly definitions: readonly DefinitionDocument[];
  readonly functions: FunctionNames;
  readonly judge: DocumentJudge;
  readonly suggest: Suggest;
}

interface JudgedComposition {
  readonly composition: CompositionDocument;
  readonly inputs: readonly Judging[];
  readonly findings: readonly Finding[];
  /** Whether nothing but function-patch-and-transform composes here. */
  readonly isAlone: boolean;
}

const isFor = ({ apiVersion, kind }: CompositionDocument, definition: DefinitionDocument) =>
  definition.kind === kind && definition.group === groupOf(apiVersion);

/** What the steps compose, and what is wrong with the pipeline itself. */
function readComposition(composition: CompositionDocument, surroundings: Surroundings): JudgedComposition {
  const { store, definitions, functions, judge, suggest } = surroundings;
  const definition = definitions.find((one) => isFor(composition, one));
  const composing = composition.steps.filter((step) => !isAutoReady(step, functions));
  const isAlone = composing.every((step) => isPatchAndTransform(step, functions));
  const findings: Finding[] = [
    ...checkComposite(composition, definitions, store, suggest),
    ...checkSteps(composition, { store, functions, judge, suggest }),
  ];
  const inputs = composing
    .filter((step) => isPatchAndTransform(step, functions))
    .map((step): Judging => {
      const pointer = within(step.pointer, 'input');
      const input = readInput(step.input, pointer);
      findings.push(...refusals(input.refused, findings));
      if (input.unread > 0) {
        const args = { checked: input.read, more: input.unread };
        findings.push({ code: 'composition-large', severity: 'error', pointer, args });
      }
      const entries = input.entries.map((entry) => ({
        ...entry,
        schema: schemaOfBase(entry, store),
        places: placesOf(entry),
      }));
      const composite = store.find(composition.apiVersion, composition.kind);
      return { composition, input, pointer, composite, definition, entries, isAlone, store, judge, suggest };
    });
  return { composition, inputs, findings, isAlone };
}

/** What the function refuses and the schema of its input has not told already. */
function refusals(
  refused: readonly { readonly pointer: string; readonly problem: string }[],
  findings: readonly Finding[],
): readonly Finding[] {
  const known = findings.flatMap(({ pointer }) => pointer ?? []);
  return refused
    .filter(({ pointer }) => !known.some((other) => other === pointer || other.startsWith(`${pointer}/`)))
    .map(({ pointer, problem }) => ({
      code: 'composition-refused',
      severity: 'error',
      pointer,
      args: { problem },
    }));
}

const judgeInput = (
  judging: Judging,
  everywhere: Parameters<typeof checkSelectors>[1],
): readonly Finding[] => [
  ...checkNames(judging),
  ...checkKinds(judging),
  ...checkBases(judging),
  ...checkRequired(judging),
  ...checkPatches(judging),
  ...checkGates(judging),
  ...checkSelectors(judging, everywhere),
  ...checkConnections(judging),
  ...checkDeletion(judging),
];

/** Findings of one document; more help nobody, but that there are more is said. */
const MOST = 500;

/** Each once, with whom it speaks of. */
function told(manifest: Manifest, found: readonly Finding[]): readonly Finding[] {
  const once = new Map(
    found.map((finding) => [JSON.stringify([finding.code, finding.pointer, finding.args]), finding]),
  );
  const all = [...once.values()];
  const listed = all.slice(0, MOST).map((finding) => findingAt(manifest, finding, finding.pointer ?? ''));
  if (all.length <= MOST) return listed;
  const severity = all.slice(MOST).some((finding) => finding.severity === 'error') ? 'error' : 'warning';
  const args = { listed: MOST, more: all.length - MOST };
  return [...listed, findingAt(manifest, { code: 'schema-more', severity, args }, '')];
}
