import { marksOf } from '#picture/marks.ts';
import { stackedSvg, svgOf } from '#picture/svg.ts';
import type { Report } from './report.ts';

/** The architecture of each environment, one below the other, as a file for documents and dashboards. */
export function svgReport({ pictures = [], changes, scopes }: Report): string {
  const drawings = pictures.map((picture) => {
    const { environment } = picture;
    const own = scopes.find(({ name }) => name === environment)?.findings ?? [];
    const change = changes?.find((one) => one.environment === environment);
    return [environment, svgOf(picture, marksOf(picture, change, own))] as const;
  });
  return `${stackedSvg(drawings)}\n`;
}
