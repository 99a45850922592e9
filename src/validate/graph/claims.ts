import { at, type Field, items, textOf } from '../builtin/field.ts';
import type { Document } from './documents.ts';
import type { Graph, Report } from './graph.ts';

/** A field of a claim that holds the name that another claim gives to what it makes. */
interface ClaimReference {
  readonly from: string;
  readonly field: string;
  readonly to: string;
  /** The other claim's field, in its spec. */
  readonly named: string;
}

const REFERENCES: readonly ClaimReference[] = [
  ...['KubernetesCluster', 'NodeGroup', 'MongoDatabase', 'ValkeyCache'].map((from) => ({
    ...{ from, field: 'networkName', to: 'Network', named: 'name' },
  })),
  ...['NodeGroup', 'ServiceIdentity', 'ValkeyCache'].map((from) => ({
    ...{ from, field: 'clusterName', to: 'KubernetesCluster', named: 'name' },
  })),
  { from: 'MongoUser', field: 'projectName', to: 'MongoDatabase', named: 'projectName' },
  { from: 'MongoUser', field: 'clusterName', to: 'MongoDatabase', named: 'clusterName' },
  { from: 'MongoAddress', field: 'projectName', to: 'MongoDatabase', named: 'projectName' },
  { from: 'ValkeyCache', field: 'userIds', to: 'ValkeyUser', named: 'userId' },
];

const GROUP = 'platform.plimsoll.dev';

/**
 * References between claims of the platform. They are labels to Crossplane, which would wait for ever for one that
 * nothing has. Judged strictly where the documents hold a claim of the kind that is named.
 */
export function claims(graph: Graph, report: Report): void {
  const names = new Map<string, ReadonlySet<string>>();
  const namesOf = (kind: string, field: string) => {
    const key = `${kind} ${field}`;
    const known =
      names.get(key) ?? new Set(graph.documents.of(`${kind}.${GROUP}`).map((each) => named(each, field)));
    names.set(key, known);
    return known;
  };
  for (const { from, field, to, named: other } of REFERENCES)
    for (const claim of graph.documents.of(`${from}.${GROUP}`)) {
      const known = namesOf(to, other);
      for (const place of placesOf(at(claim.root, 'spec', field))) {
        const name = textOf(place);
        if (name === '' || known.has(name)) continue;
        const similar = graph.suggest(name, [...known]);
        report(claim, place, {
          code: 'reference-missing',
          severity: known.size > 0 ? 'error' : 'warning',
          args: { kind: to, name, ...(similar !== undefined && { similar }) },
        });
      }
    }
}

const named = ({ root }: Document, field: string): string => textOf(at(root, 'spec', field));

const placesOf = (field: Field): readonly Field[] => (Array.isArray(field.value) ? items(field) : [field]);
