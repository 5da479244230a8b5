import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** How a field's value is written. Enumerations and 32-bit integers are written as int64 is. */
type Scalar = "int64" | "float" | "double" | "string" | "bytes";

interface Field {
  readonly number: number;
  readonly kind: Scalar | Message<Fields>;
  readonly repeated: boolean;
}

type Fields = Readonly<Record<string, Field>>;

/** A message by its fields. Messages cannot contain themselves, so that the depth of a file is that of its schema. */
export interface Message<F extends Fields> {
  readonly name: string;
  readonly fields: F;
}

type ValueOf<K> = K extends "string"
  ? string
  : K extends "bytes"
    ? Uint8Array
    : K extends Scalar
      ? number
      : K extends Message<infer F>
        ? Decoded<F>
        : never;

type DraftOf<K> = K extends Message<infer F> ? Draft<F> : ValueOf<K>;

type Decoded<F extends Fields> = {
  readonly [N in keyof F]: F[N]["repeated"] extends true
    ? readonly ValueOf<F[N]["kind"]>[]
    : ValueOf<F[N]["kind"]> | undefined;
};

type Draft<F extends Fields> = {
  readonly [N in keyof F]?:
    | (F[N]["repeated"] extends true ? readonly DraftOf<F[N]["kind"]>[] : DraftOf<F[N]["kind"]>)
    | undefined;
};

/** What is read of a message: fields that are not there are undefined, repeated ones empty. */
export type Read<M> = M extends Message<infer F> ? Decoded<F> : never;

/** What a message is written from. */
export type Write<M> = M extends Message<infer F> ? Draft<F> : never;

export const one = <const K extends Field["kind"]>(number: number, kind: K) =>
  ({ number, kind, repeated: false }) as const;

export const many = <const K extends Field["kind"]>(number: number, kind: K) =>
  ({ number, kind, repeated: true }) as const;

/** A message may take two bytes of a file but some hundred of memory, so their number is bounded. */
const mostMessages = 500_000;

/** @throws Error if the bytes are not such a message. Byte fields share memory with `bytes`. */
export function readMessage<F extends Fields>(message: Message<F>, bytes: Uint8Array): Decoded<F> {
  // The reader fills in the fields by their tables, which the type is made from.
  return read(message, bytes, { messages: 0 }) as Decoded<F>;
}

function read(message: Message<Fields>, bytes: Uint8Array, budget: { messages: number }): Record<string, unknown> {
  if (++budget.messages > mostMessages) throw new Error(`more than ${mostMessages} messages`);
  const reader = new BinaryReader(bytes);
  const entries = Object.entries(message.fields);
  const out: Record<string, unknown> = Object.fromEntries(
    entries.map(([name, f]) => [name, f.repeated ? [] : undefined]),
  );
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const entry = entries.find(([, f]) => f.number === number);
    if (!entry) {
      reader.skip(wire, number);
      continue;
    }
    const [name, { kind, repeated }] = entry;
    const next = () => (typeof kind === "string" ? readScalar(reader, kind) : read(kind, reader.bytes(), budget));
    const packed = repeated && wire === WireType.LengthDelimited && wireType(kind) !== WireType.LengthDelimited;
    if (!packed && wire !== wireType(kind)) throw new Error(`${message.name}.${name} has the wire type ${wire}`);
    if (!repeated) {
      out[name] = next();
      continue;
    }
    const list = out[name] as unknown[]; // made above
    if (!packed) list.push(next());
    else readPacked(reader, list, next, `${message.name}.${name}`);
    if (reader.pos > reader.len) throw new Error("premature end");
  }
  return out;
}

function readPacked(reader: BinaryReader, list: unknown[], next: () => unknown, what: string): void {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > reader.len) throw new Error(`${what} goes on for ${length} bytes, beyond the end of its message`);
  while (reader.pos < end) list.push(next());
  if (reader.pos !== end) throw new Error(`the last number of ${what} is cut short`);
}

function readScalar(reader: BinaryReader, kind: Scalar): number | string | Uint8Array {
  switch (kind) {
    case "int64":
      return Number(reader.int64());
    case "float":
      return reader.float();
    case "double":
      return reader.double();
    case "string":
      return reader.string(true);
    case "bytes":
      return reader.bytes();
  }
}

export function writeMessage<F extends Fields>(message: Message<F>, value: Draft<F>): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  write(writer, message, value);
  return writer.finish();
}

function write(writer: BinaryWriter, message: Message<Fields>, value: Readonly<Record<string, unknown>>): void {
  for (const [name, { number, kind, repeated }] of Object.entries(message.fields)) {
    const given = value[name];
    if (given === undefined) continue;
    const items = repeated ? (given as readonly unknown[]) : [given]; // as the draft's type demands
    if (items.length === 0) continue;
    if (repeated && wireType(kind) !== WireType.LengthDelimited) {
      writer.tag(number, WireType.LengthDelimited).fork();
      for (const item of items) writeValue(writer, kind, item);
      writer.join();
      continue;
    }
    for (const item of items) {
      writer.tag(number, wireType(kind));
      writeValue(writer, kind, item);
    }
  }
}

/** The draft's type says that the value is of the kind. */
function writeValue(writer: BinaryWriter, kind: Field["kind"], value: unknown): void {
  if (typeof kind !== "string") {
    writer.fork();
    write(writer, kind, value as Record<string, unknown>);
    writer.join();
  } else if (kind === "int64") writer.int64(value as number);
  else if (kind === "float") writer.float(value as number);
  else if (kind === "double") writer.double(value as number);
  else if (kind === "string") writer.string(value as string);
  else writer.bytes(value as Uint8Array);
}

function wireType(kind: Field["kind"]): WireType {
  if (kind === "int64") return WireType.Varint;
  if (kind === "float") return WireType.Bit32;
  return kind === "double" ? WireType.Bit64 : WireType.LengthDelimited;
}
