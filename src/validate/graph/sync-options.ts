import { at, items, textOf } from '../builtin/field.ts';
import { customKindsOf, XRD } from './custom-kinds.ts';
import { annotationOf, type Document } from './documents.ts';
import type { Graph, Report } from './graph.ts';
import { isBefore, type Turn, type Turns } from './order.ts';

/** Sync options fit the kinds: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
export function syncOptions(graph: Graph, report: Report, turns: Turns): void {
  const kinds = customKindsOf(graph.documents);
  for (const [document, turn] of turns) {
    const brings = kinds.get(document.kind);
    destroying(report, document, turn, brings);
    late(report, document, turn, brings, turns);
  }
}

const OPTIONS = 'argocd.argoproj.io/sync-options';
const SKIP = 'SkipDryRunOnMissingResource=true';

const optionsOf = (document: Document): readonly string[] =>
  annotationOf(document, OPTIONS)
    .split(',')
    .map((option) => option.trim());

const optionsOfAll = ({ root }: Document): readonly string[] =>
  items(at(root, 'spec', 'syncPolicy', 'syncOptions')).map(textOf);

/** Kinds that hold data, or with which much else goes. */
const PRECIOUS = new Set([
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'StatefulSet.apps',
  'CustomResourceDefinition.apiextensions.k8s.io',
  XRD,
]);

/**
 * Replace writes over what controllers wrote: a claim that loses its reference gets a second database. Force deletes
 * first. https://github.com/crossplane/crossplane/issues/3049
 */
function destroying(report: Report, document: Document, { application }: Turn, brings?: Document): void {
  if (!PRECIOUS.has(document.kind) && brings?.kind !== XRD) return;
  for (const option of ['Replace=true', 'Force=true']) {
    const isOwn = optionsOf(document).includes(option);
    if (!isOwn && !optionsOfAll(application).includes(option)) continue;
    report(document, at(document.root, 'metadata', 'annotations', OPTIONS), {
      code: 'sync-option-destroys',
      args: {
        option,
        kind: document.manifest.object.kind,
        ...(isOwn ? {} : { application: application.name }),
      },
    });
  }
}

/**
 * A dry run of everything comes first: of a kind that isn't there yet it fails the sync. Argo CD forgives that only
 * where the CRD is in the same Application; what an XRD brings is made by Crossplane, later.
 */
function late(
  report: Report,
  document: Document,
  turn: Turn,
  brings: Document | undefined,
  turns: Turns,
): void {
  const first = brings && turns.get(brings);
  if (brings === undefined || first === undefined) return;
  const isSame = first.application === turn.application;
  if (isSame ? brings.kind !== XRD : isBefore(brings, document, turns)) return;
  if (optionsOf(document).includes(SKIP) || optionsOfAll(turn.application).includes(SKIP)) return;
  report(document, at(document.root, 'metadata', 'annotations', OPTIONS), {
    code: 'sync-option-missing',
    args: { option: SKIP, kind: document.manifest.object.kind, brings: brings.name },
  });
}
