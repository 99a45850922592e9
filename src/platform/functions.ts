/** Composition functions that the compositions call, by the names of their Function packages. */
export const PATCH_AND_TRANSFORM = 'function-patch-and-transform';
export const AUTO_READY = 'function-auto-ready';
