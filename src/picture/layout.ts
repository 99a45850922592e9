import dagre from '@dagrejs/dagre';
import type { Architecture, ArchitectureEdge, ArchitectureNode } from './architecture.ts';
import type { Marks } from './marks.ts';

/** Where everything stands, in pixels; drawn from left to right: who is called, who calls, what is used. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Services that found no room, by name; changed ones always have. */
  readonly left: readonly string[];
}

export interface PlacedNode {
  readonly node: ArchitectureNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge {
  readonly edge: ArchitectureEdge;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Nobody reads a picture of more; the others are counted. */
const MOST = 80;
const HEIGHT = 46;
const MARGIN = 16;

export function layoutOf(architecture: Architecture, marks: Marks): Layout {
  const { shown, left } = chosen(architecture, marks);
  const ids = new Set(shown.map(({ id }) => id));
  const edges = architecture.edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 90, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of shown) graph.setNode(node.id, { width: widthOf(node), height: HEIGHT });
  for (const [index, { from, to }] of edges.entries()) graph.setEdge(from, to, {}, String(index));
  // What nobody uses stands below what stands first.
  dagre.layout(graph);
  const placed = shown.map((node): PlacedNode => {
    const { x, y, width, height } = graph.node(node.id);
    return { node, x: x - width / 2, y: y - height / 2, width, height };
  });
  const { width = 0, height = 0 } = graph.graph();
  const below = rows(architecture, Math.max(width, NARROW), height);
  return {
    width: Math.ceil(Math.max(width, below.width)),
    height: Math.ceil(below.height),
    nodes: [...placed, ...below.nodes],
    edges: edges.map((edge, index) => ({
      edge,
      points: graph.edge(edge.from, edge.to, String(index)).points ?? [],
    })),
    left,
  };
}

/** What everything runs on stands below, in rows: node groups, then charts. Edges to them would hide the others. */
function rows({ nodes }: Architecture, width: number, height: number) {
  const placed: PlacedNode[] = [];
  let [y, widest] = [height, 0];
  for (const kind of ['nodeGroup', 'chart'] as const) {
    let x = MARGIN;
    const own = nodes.filter((node) => node.kind === kind).slice(0, MOST);
    for (const node of own) {
      if (x > MARGIN && x + widthOf(node) + MARGIN > width) [x, y] = [MARGIN, y + HEIGHT + GAP];
      placed.push({ node, x, y, width: widthOf(node), height: HEIGHT });
      x += widthOf(node) + GAP;
      widest = Math.max(widest, x - GAP + MARGIN);
    }
    if (own.length > 0) y += HEIGHT + GAP;
  }
  return { nodes: placed, width: widest, height: placed.length === 0 ? height : y - GAP + MARGIN };
}

/** Rows are not broken sooner. */
const NARROW = 700;
const GAP = 14;

/** As wide as its longer line, at about seven pixels a letter. */
const widthOf = ({ name, detail }: ArchitectureNode): number =>
  Math.min(Math.max(name.length * 8 + 44, detail.length * 6 + 44, 110), 300);

/** Everything that fits; where not all services do, those that are marked, then the others in their order. */
function chosen({ nodes }: Architecture, marks: Marks) {
  const drawn = nodes.filter(({ kind }) => kind !== 'nodeGroup' && kind !== 'chart');
  if (drawn.length <= MOST) return { shown: drawn, left: [] };
  const order = [...drawn.filter(({ id }) => marks.has(id)), ...drawn.filter(({ id }) => !marks.has(id))];
  const kept = new Set(order.slice(0, MOST));
  return {
    shown: drawn.filter((node) => kept.has(node)),
    left: drawn.filter((node) => !kept.has(node)).map(({ name }) => name),
  };
}
