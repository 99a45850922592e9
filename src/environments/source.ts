/** A file as it was found: its text, or why it has none. `path` uses `/` and is shown in findings. */
export type SourceFile =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly unreadable: string };

/** Bounds that no honest environment file comes near; a hostile one must not cost more than they allow. */
export const LIMITS = {
  /** Bytes (on disk) or characters (in memory) of one file. */
  size: 2 * 1024 * 1024,
  /** Mappings and lists inside each other. */
  nesting: 64,
  /** Values of one file with every alias written out. */
  values: 500_000,
  /** Items of one list. */
  items: 1_000,
  /** Files that extend one another. */
  extends: 16,
  /** Files of the folder and the folders in it. */
  files: 2_000,
  /** Folders inside each other. */
  folders: 8,
} as const;
