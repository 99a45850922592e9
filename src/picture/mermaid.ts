import { printable, shortened } from '#report/printable.ts';
import type { Architecture, ArchitectureNode, NodeKind } from './architecture.ts';
import type { Marks } from './marks.ts';

/**
 * The picture as Mermaid, which GitHub and GitLab draw in comments. Names are quoted and emptied of what Mermaid reads;
 * ids are numbers, so that no name is ever a word of its language.
 */
const SHAPES: Readonly<Record<NodeKind, readonly [string, string]>> = {
  internet: ['([', '])'],
  service: ['[', ']'],
  chart: ['[', ']'],
  database: ['[(', ')]'],
  cache: ['{{', '}}'],
  queue: ['[/', '/]'],
  bucket: ['[(', ')]'],
  nodeGroup: ['[[', ']]'],
};

/** What everything runs on, in frames of its own. */
const GROUNDS = [
  ['nodeGroup', 'Node groups'],
  ['chart', 'Helm charts'],
] as const;

/** Mermaid draws at most 500 edges, and nobody reads more nodes. */
const MOST_NODES = 60;
const MOST_EDGES = 200;

export function mermaidOf({ nodes, edges }: Architecture, marks: Marks): string {
  const drawn = nodes.filter(({ kind }) => kind !== 'nodeGroup' && kind !== 'chart');
  const shown = [
    ...drawn.filter(({ id }) => marks.has(id)),
    ...drawn.filter(({ id }) => !marks.has(id)),
  ].slice(0, MOST_NODES);
  const ids = new Map(shown.map(({ id }, index) => [id, `n${index}`]));
  const line = ({ id, kind, name }: ArchitectureNode, key: string): string => {
    const [open, close] = SHAPES[kind];
    const action = marks.get(id)?.action;
    return `  ${key}${open}"${label(name)}"${close}${action === undefined ? '' : `:::${action}`}`;
  };
  const lines = shown.map((node) => line(node, ids.get(node.id) ?? ''));
  const grounds = GROUNDS.flatMap(([kind, title]) => {
    const all = nodes.filter((node) => node.kind === kind);
    const own = all.slice(0, MOST_NODES);
    if (own.length === 0) return [];
    const counted = all.length > own.length ? `${title}, ${own.length} of ${all.length}` : title;
    return [
      `  subgraph ${kind} ["${counted}"]`,
      ...own.map((node, index) => `  ${line(node, `${kind}${index}`)}`),
      '  end',
    ];
  });
  const links = edges.flatMap(({ from, to, access }) => {
    const [left, right] = [ids.get(from), ids.get(to)];
    return left === undefined || right === undefined ? [] : [`  ${left} -- "${label(access)}" --> ${right}`];
  });
  const left = drawn.length - shown.length;
  const unseen = edges.length - Math.min(links.length, MOST_EDGES);
  return [
    'flowchart LR',
    ...lines,
    ...grounds,
    ...links.slice(0, MOST_EDGES),
    ...(left + unseen === 0 ? [] : [`  more["and ${left} more, and ${unseen} arrows"]`]),
    '  classDef created stroke:#1a7f37,stroke-width:3px',
    '  classDef changed stroke:#9a6700,stroke-width:3px',
    '  classDef renamed stroke:#9a6700,stroke-width:3px',
    '  classDef replaced stroke:#cf222e,stroke-width:3px,stroke-dasharray:5',
    '  classDef deleted stroke:#cf222e,stroke-width:3px,stroke-dasharray:5',
  ].join('\n');
}

/** Letters, digits and a few marks; anything else could end the quote or begin markup. */
const label = (value: string): string => {
  const safe = shortened(printable(value), 40)
    .replace(/[^\p{L}\p{N} ._/-]/gu, ' ')
    .trim();
  return safe === '' ? '-' : safe;
};
