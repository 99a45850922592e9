import { writeFloat, writeInteger } from './format-number.ts';
import type { Output } from './format-state.ts';
import { writeText } from './format-text.ts';
import { sortedKeys } from './text.ts';
import { type GoValue, isObject, typeName } from './value.ts';

/** An argument by a verb. A verb that does not fit prints an error text: `%!d(string=Oslo)`. */
export function writeArgument(output: Output, value: GoValue, verb: string): void {
  if (value === null) {
    if (verb === 'T' || verb === 'v') output.pad('<nil>');
    else output.write(`%!${verb}(<nil>)`);
  } else if (verb === 'T') {
    writeText(output, typeName(value), 's');
  } else if (verb === 'w' && typeof value === 'object') {
    writeMisfit(output, value, verb);
  } else {
    writeValue(output, value, verb);
  }
}

function writeValue(output: Output, value: Exclude<GoValue, null>, verb: string): void {
  if (Array.isArray(value)) writeList(output, value, verb);
  else if (isObject(value)) writeMap(output, value, verb);
  else if (!writeScalar(output, value, verb)) writeMisfit(output, value, verb);
}

function writeScalar(output: Output, value: string | number | bigint | boolean, verb: string): boolean {
  // Pointers only; nothing here is one.
  if (verb === 'p') return false;
  if (typeof value === 'string') return writeText(output, value, verb);
  if (typeof value === 'number') return writeFloat(output, value, verb);
  if (typeof value === 'bigint') return writeInteger(output, value, verb);
  if (verb !== 't' && verb !== 'v') return false;
  output.pad(String(value));
  return true;
}

function writeMisfit(output: Output, value: Exclude<GoValue, null>, verb: string): void {
  output.write(`%!${verb}(${typeName(value)}=`);
  writeValue(output, value, 'v');
  output.write(')');
}

function writeList(output: Output, items: readonly GoValue[], verb: string): void {
  const { sharpV } = output.flags;
  output.write(sharpV ? '[]interface {}{' : '[');
  items.forEach((item, index) => {
    if (index > 0) output.write(sharpV ? ', ' : ' ');
    writeInside(output, item, verb);
  });
  output.write(sharpV ? '}' : ']');
}

function writeMap(output: Output, fields: { readonly [key: string]: GoValue }, verb: string): void {
  const { sharpV } = output.flags;
  output.write(sharpV ? 'map[string]interface {}{' : 'map[');
  sortedKeys(fields).forEach((key, index) => {
    if (index > 0) output.write(sharpV ? ', ' : ' ');
    writeInside(output, key, verb);
    output.write(':');
    writeInside(output, fields[key] ?? null, verb);
  });
  output.write(sharpV ? '}' : ']');
}

/** In a list or a map no verb objects to nil. */
function writeInside(output: Output, value: GoValue, verb: string): void {
  if (value === null) output.write(output.flags.sharpV ? 'interface {}(nil)' : '<nil>');
  else writeValue(output, value, verb);
}
