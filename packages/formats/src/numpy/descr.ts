import { type ElementType, elementTypes } from "../elements/element-types.ts";
import { quote, type Refuse, writerAtFault } from "../refuse.ts";
import type { Literal } from "./header-literal.ts";

/** What an array's values are. */
export interface NpyType {
  readonly element: ElementType;
  readonly bigEndian: boolean;
}

const elements = new Map<string, ElementType>([
  ["b1", elementTypes.BOOL],
  ["i1", elementTypes.I8],
  ["i2", elementTypes.I16],
  ["i4", elementTypes.I32],
  ["i8", elementTypes.I64],
  ["u1", elementTypes.U8],
  ["u2", elementTypes.U16],
  ["u4", elementTypes.U32],
  ["u8", elementTypes.U64],
  ["f2", elementTypes.F16],
  ["f4", elementTypes.F32],
  ["f8", elementTypes.F64],
]);

const astype = 'Convert it in NumPy: x.astype("float32").';
const kinds: Readonly<Record<string, readonly [what: string, cure: string]>> = {
  O: ["Python objects, which only Python can make, by running code that the file names", astype],
  c: ["complex numbers", "Save x.real and x.imag."],
  V: ["records or raw bytes", "Save its fields one by one, as x[name]."],
  S: ["texts", "Save numbers instead, such as the texts' indices in a list."],
  U: ["texts", "Save numbers instead, such as the texts' indices in a list."],
  M: ["dates", 'Convert them in NumPy: x.astype("int64") counts from 1970.'],
  m: ["durations", 'Convert them in NumPy: x.astype("int64") counts their units.'],
  f: ["floats of a size that only some machines have", 'Convert them in NumPy: x.astype("float64").'],
};

/** @see https://numpy.org/doc/stable/reference/arrays.interface.html (typestr) */
export function parseDescr(descr: Literal | undefined, refuse: Refuse): NpyType {
  if (typeof descr === "object" && "structured" in descr) {
    return refuse(`it holds records (a structured type): ${quote(descr.structured)}`, kinds.V![1]);
  }
  if (typeof descr !== "string") return refuse("its header does not say descr, the type of its values");
  const [, order, code] = /^([<>=|]?)([a-zA-Z]\d*)/.exec(descr) ?? [];
  const element = elements.get(code ?? "");
  if (!element || `${order}${code}` !== descr) {
    const kind = code && Object.hasOwn(kinds, code[0]!) ? kinds[code[0]!] : undefined;
    return kind
      ? refuse(`it holds ${kind[0]}: the type ${quote(descr)}`, kind[1])
      : refuse(`it holds values of the type ${quote(descr)}, which is unknown`, astype);
  }
  if (element.bytes > 1 && order !== "<" && order !== ">") {
    refuse(`its type ${quote(descr)} does not say the order of its bytes, "<" or ">"`, writerAtFault("numpy.save"));
  }
  return { element, bigEndian: element.bytes > 1 && order === ">" };
}
