import { printable, shortened } from '#report/printable.ts';
import type { Architecture, NodeKind } from './architecture.ts';
import { layoutOf, type PlacedEdge, type PlacedNode } from './layout.ts';
import type { Mark, Marks } from './marks.ts';

/**
 * The picture as SVG: stands alone as a file, and in the page, whose colours it takes. Text only, no script, no link to
 * anywhere: what a stranger named a service can't act.
 */
export function svgOf(architecture: Architecture, marks: Marks): string {
  const layout = layoutOf(architecture, marks);
  const title = `The architecture of ${text(architecture.environment)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="picture" role="img" aria-label="${title}" viewBox="0 0 ${layout.width} ${layout.height}" width="${layout.width}" height="${layout.height}" font-family="system-ui, sans-serif">`,
    `<title>${title}</title>`,
    STYLE,
    ARROW,
    ...layout.edges.map(edgeSvg),
    ...layout.nodes.map((placed) => nodeSvg(placed, marks.get(placed.node.id))),
    '</svg>',
  ].join('\n');
}

/** Several pictures, one below the other, each under its name. */
export function stackedSvg(drawings: readonly (readonly [name: string, svg: string])[]): string {
  let [width, height] = [0, 0];
  const placed = drawings.map(([name, svg]) => {
    const [, own = '0', tall = '0'] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    const heading = `<text x="16" y="${height + 24}" font-family="system-ui, sans-serif" font-size="18" fill="#7a8a99">${text(name)}</text>`;
    const at = svg.replace('<svg ', `<svg y="${height + HEADING}" `);
    width = Math.max(width, Number(own));
    height += HEADING + Number(tall);
    return `${heading}\n${at}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    '<title>The architecture of each environment</title>',
    ...placed,
    '</svg>',
  ].join('\n');
}

const HEADING = 36;

/** What found no room in the picture, in words; empty where all did. */
export function leftOut(architecture: Architecture, marks: Marks): string {
  const { left } = layoutOf(architecture, marks);
  return left.length === 0 ? '' : `${left.length} more are not drawn: ${shortened(left.join(', '), 300)}`;
}

/** Both schemes, and those that the page sets. */
const STYLE = `<style>
.picture { --ink: #1c2733; --line: #7a8a99; --paper: #ffffff; --service: #e8f0fb; --data: #eef7ee; --net: #f6f1e7;
  --created: #1a7f37; --changed: #9a6700; --deleted: #cf222e; }
@media (prefers-color-scheme: dark) { .picture { --ink: #e6edf3; --line: #7d8b99; --paper: #0d1117; --service: #16263c;
  --data: #14291a; --net: #2d2717; --created: #3fb950; --changed: #d29922; --deleted: #f85149; } }
.picture text { fill: var(--ink); } .picture .detail { opacity: .75; font-size: 11px; } .picture .name { font-size: 13px; font-weight: 600; }
.picture .edge { fill: none; stroke: var(--line); stroke-width: 1.2; } .picture .access { font-size: 10px; fill: var(--line); }
.picture .sign { fill: none; stroke: var(--ink); stroke-width: 1.2; }
.picture .box { stroke: var(--line); stroke-width: 1; fill: var(--service); } .picture .data .box { fill: var(--data); }
.picture .internet .box { fill: var(--net); } .picture .created .box { stroke: var(--created); stroke-width: 3; }
.picture .changed .box, .picture .renamed .box { stroke: var(--changed); stroke-width: 3; }
.picture .deleted .box, .picture .replaced .box { stroke: var(--deleted); stroke-width: 3; stroke-dasharray: 6 3; }
.picture .error { fill: var(--deleted); } .picture .warning { fill: var(--changed); } .picture .info { fill: var(--line); }
</style>`;

const ARROW = `<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="#7a8a99"/></marker></defs>`;

/** Drawn in a square of 16, for no font is everywhere. */
const SIGNS: Readonly<Record<NodeKind, string>> = {
  internet: 'M8 1a7 7 0 1 0 .01 0zM1 8h14M8 1c-5 4-5 10 0 14c5-4 5-10 0-14z',
  service: 'M3 2l11 6l-11 6z',
  chart: 'M8 1l6 3.5v7L8 15l-6-3.5v-7z',
  database: 'M2 4c0-3 12-3 12 0v8c0 3-12 3-12 0zM2 4c0 3 12 3 12 0M2 8c0 3 12 3 12 0',
  cache: 'M9 1L3 9h5l-1 6l6-8H8z',
  queue: 'M1 4h14v8H1zM1 4l7 5l7-5',
  bucket: 'M2 4h12l-2 11H4zM2 4c0-3 12-3 12 0',
  nodeGroup: 'M2 2h5v5H2zM9 2h5v5H9zM2 9h5v5H2zM9 9h5v5H9z',
};

function nodeSvg({ node, x, y, width, height }: PlacedNode, mark: Mark = {}): string {
  const { kind, name, detail } = node;
  const isData = kind === 'database' || kind === 'cache' || kind === 'queue' || kind === 'bucket';
  const classes = ['node', kind, isData ? 'data' : '', mark.action ?? '']
    .filter((one) => one !== '')
    .join(' ');
  const told = [
    `${kind} ${name}`,
    detail,
    mark.action ?? '',
    mark.severity === undefined ? '' : `with ${mark.severity}s`,
  ]
    .filter((part) => part !== '')
    .join(', ');
  const at = (value: number) => value.toFixed(1);
  const flag =
    mark.severity === undefined
      ? ''
      : `<circle class="${mark.severity}" cx="${at(x + width - 4)}" cy="${at(y + 4)}" r="6"/>`;
  return (
    `<g class="${classes}"><title>${text(told)}</title>` +
    `<rect class="box" x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${height}" rx="${isData ? 14 : 5}"/>` +
    `<path class="sign" transform="translate(${at(x + 9)} ${at(y + 15)})" d="${SIGNS[kind]}"/>` +
    `<text class="name" x="${at(x + 32)}" y="${at(y + 20)}">${text(shortened(name, 32))}</text>` +
    `<text class="detail" x="${at(x + 32)}" y="${at(y + 36)}">${text(shortened(detail, 44))}</text>${flag}</g>`
  );
}

function edgeSvg({ edge, points }: PlacedEdge): string {
  const path = points
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join(' ');
  const middle = points[Math.floor(points.length / 2)];
  const label =
    middle === undefined || edge.access === ''
      ? ''
      : `<text class="access" x="${middle.x.toFixed(1)}" y="${(middle.y - 3).toFixed(1)}" text-anchor="middle">${text(shortened(edge.access, 28))}</text>`;
  return `<path class="edge" d="${path}" marker-end="url(#arrow)"/>${label}`;
}

const text = (value: string): string =>
  printable(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
