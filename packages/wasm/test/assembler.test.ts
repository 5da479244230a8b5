import { expect, test } from "vitest";
import { AssemblerError, ModuleBuilder, simd128 } from "../src/index.ts";
import { instantiate } from "./instantiate.ts";

test("a loop, a branch and a call compute", () => {
  const { exports } = instantiate(simd128, ({ module }) => {
    const square = module.function("square", { params: ["i32"], result: "i32" });
    square.i32.mul(square.get(square.args[0]), square.get(square.args[0]));
    const f = module.function("sumOfSquares", { params: ["i32"], result: "i32" });
    const { get, set, i32, args } = f;
    const [i, sum] = [f.local("i32"), f.local("i32")];
    f.block((exit) => {
      f.loop((again) => {
        f.branchIf(exit, i32.geU(get(i), get(args[0])));
        f.increment(i, 1);
        set(sum, i32.add(get(sum), f.call(square, get(i))));
        f.branch(again);
      });
    });
    get(sum);
    module.export(f);
  });
  expect(exports.sumOfSquares!(10)).toBe(385);
});

test("vectors are loaded, added and stored", () => {
  const { exports, memory } = instantiate(simd128, ({ module }) => {
    const f = module.function("double", { params: ["i32"] });
    const x = f.local("v128");
    f.set(x, f.v128.load(f.get(f.args[0])));
    f.v128.store(f.get(f.args[0]), f.f32x4.add(f.get(x), f.get(x)), 16);
    module.export(f);
  });
  const data = new Float32Array(memory.buffer, 4096, 8);
  data.set([1, 2, 3, 4]);
  exports.double!(4096);
  expect([...data]).toEqual([1, 2, 3, 4, 2, 4, 6, 8]);
});

test("what is written at entry runs first", () => {
  const { exports } = instantiate(simd128, ({ module }) => {
    const f = module.function("seven", { params: [], result: "i32" });
    const x = f.local("i32");
    f.get(x);
    f.atEntry(() => f.set(x, f.i32.const(7)));
    module.export(f);
  });
  expect(exports.seven!()).toBe(7);
});

const write = () => new ModuleBuilder({}).function("wrong", { params: ["f32"] });

test("mistakes are found while they are written", () => {
  const message = (body: (f: ReturnType<typeof write>) => void) => {
    const f = write();
    try {
      body(f);
      f.encode();
    } catch (error) {
      if (error instanceof AssemblerError) return error.message;
      throw error;
    }
    return "no error";
  };
  // @ts-expect-error an f32 is no i32
  expect(message((f) => f.i32.eqz(f.get(f.args[0])))).toMatch(/wrong, byte 2: needs a i32, but the stack has a f32/);
  expect(message((f) => f.get(f.args[0]))).toMatch(/values are left on the stack/);
  expect(message((f) => f.loop(() => f.get(f.args[0])))).toMatch(/a block leaves f32 on the stack/);
  expect(message((f) => f.v128.load(f.i32.const(0), -4))).toMatch(/no memory offset: -4/);
  expect(
    message((f) => {
      const kept = f.i32.const(1);
      f.set(f.local("i32"), kept);
      f.set(f.local("i32"), kept);
    }),
  ).toMatch(/the stack is empty/);
});

test("numbers of all sizes survive their encoding", () => {
  for (const value of [0, 1, -1, 63, 64, -64, -65, 8191, 8192, 2 ** 31 - 1, -(2 ** 31)]) {
    const { exports } = instantiate(simd128, ({ module }) => {
      const f = module.function("value", { params: [], result: "i32" });
      f.i32.const(value);
      module.export(f);
    });
    expect(exports.value!()).toBe(value);
  }
});
