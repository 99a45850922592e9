/**
 * Bounds on foreign manifests, all well beyond what the API server takes (3 MiB a request, 1.5 MiB in etcd), so
 * that no file can cost unbounded time or memory.
 */

/** Bytes of one file; a file may hold many documents. */
export const LARGEST_FILE = 32 * 1024 * 1024;
/** UTF-16 code units of one document. */
export const LARGEST_DOCUMENT = 4 * 1024 * 1024;
/** Levels of nesting; the deepest CustomResourceDefinitions known have about 60. */
export const DEEPEST = 200;
/** Values that aliases may add to a document: what the API machinery's YAML reader allows. */
export const MOST_FROM_ALIASES = 400_000;
/** Findings of one document's syntax, so that a binary file does not produce one for each byte. */
export const MOST_PROBLEMS = 20;
