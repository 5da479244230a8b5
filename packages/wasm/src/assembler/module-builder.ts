import { ByteWriter } from "./byte-writer.ts";
import { type Callable, FunctionBuilder, type FunctionType } from "./function-builder.ts";
import { typeCodes, type ValueType } from "./value-types.ts";

/** Functions of JavaScript that the module calls, by name. */
export type Imports = Readonly<Record<string, FunctionType>>;

type Imported<I extends Imports> = {
  readonly [K in keyof I]: I[K] extends FunctionType<infer P, infer R> ? Callable<P, R> : never;
};

const functionKind = 0;
const memoryKind = 2;
const importModule = "env";
/** 4 GiB in pages of 64 KiB. */
const maxPages = 65536;

/** A WebAssembly module that computes in a memory it is given, `env.memory`. */
export class ModuleBuilder<I extends Imports = Imports> {
  readonly imports: Imported<I>;
  private readonly imported: readonly Callable[];
  private readonly functions: FunctionBuilder[] = [];
  private readonly exported = new Set<FunctionBuilder>();

  constructor(imports: I) {
    this.imported = Object.entries(imports).map(([name, type], index) => ({ name, index, ...type }));
    // Object.fromEntries forgets which name has which type.
    this.imports = Object.fromEntries(this.imported.map((f) => [f.name, f])) as unknown as Imported<I>;
  }

  /** A new function, to be written by the caller. Its name serves messages and, if exported, JavaScript. */
  function<const P extends readonly ValueType[], R extends ValueType = never>(
    name: string,
    type: FunctionType<P, R>,
  ): FunctionBuilder<P, R> {
    const f = new FunctionBuilder(name, this.imported.length + this.functions.length, type);
    // A list of functions of all types: nothing but their encodings is taken from it.
    this.functions.push(f as unknown as FunctionBuilder);
    return f;
  }

  export(f: FunctionBuilder<readonly ValueType[], ValueType>): void {
    this.exported.add(f);
  }

  get functionCount(): number {
    return this.functions.length;
  }

  encode(): Uint8Array<ArrayBuffer> {
    const types = new TypeTable();
    const importTypes = this.imported.map((f) => types.indexOf(f));
    const functionTypes = this.functions.map((f) => types.indexOf(f));
    const out = new ByteWriter();
    for (const byte of [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) out.byte(byte);
    section(out, 1, types.encoded, (w, type) => w.append(type));
    section(out, 2, [undefined, ...this.imported], (w, f, i) => {
      w.text(importModule);
      w.text(f?.name ?? "memory");
      w.byte(f ? functionKind : memoryKind);
      if (f) return w.unsigned(importTypes[i - 1]!);
      w.byte(1); // has a maximum
      w.unsigned(1);
      w.unsigned(maxPages);
    });
    section(out, 3, functionTypes, (w, type) => w.unsigned(type));
    section(out, 7, [...this.exported], (w, f) => {
      w.text(f.name);
      w.byte(functionKind);
      w.unsigned(f.index);
    });
    section(out, 10, this.functions, (w, f) => w.sized(f.encode()));
    out.byte(0);
    out.sized(this.names());
    return out.view();
  }

  /** The functions' names for profilers and stack traces: the contents of the custom section "name". */
  private names(): Uint8Array {
    const list = new ByteWriter();
    const all = [...this.imported, ...this.functions];
    list.unsigned(all.length);
    for (const { index, name } of all) {
      list.unsigned(index);
      list.text(name);
    }
    const w = new ByteWriter();
    w.text("name");
    w.byte(1);
    w.sized(list.view());
    return w.view();
  }
}

/** The signatures of a module, each once. */
class TypeTable {
  readonly encoded: Uint8Array[] = [];
  private readonly indices = new Map<string, number>();

  indexOf({ params, result }: FunctionType): number {
    const key = `${params.join()}>${result ?? ""}`;
    const known = this.indices.get(key);
    if (known !== undefined) return known;
    const w = new ByteWriter();
    w.byte(0x60);
    w.unsigned(params.length);
    for (const type of params) w.byte(typeCodes[type]);
    w.unsigned(result ? 1 : 0);
    if (result) w.byte(typeCodes[result]);
    this.indices.set(key, this.encoded.length);
    return this.encoded.push(w.view()) - 1;
  }
}

function section<T>(
  out: ByteWriter,
  id: number,
  entries: readonly T[],
  write: (w: ByteWriter, entry: T, index: number) => void,
): void {
  const content = new ByteWriter();
  content.unsigned(entries.length);
  entries.forEach((entry, i) => {
    write(content, entry, i);
  });
  out.byte(id);
  out.sized(content.view());
}
