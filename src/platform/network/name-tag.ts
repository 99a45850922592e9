import { combine, type Patch } from '../patches.ts';

/** The tag that AWS's console shows as the name. */
export const nameTag = (fmt: string): Patch => combine(fmt, 'spec.forProvider.tags.Name', 'spec.name');
