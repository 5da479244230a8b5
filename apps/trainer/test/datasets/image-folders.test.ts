import { existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { FormatError, UsageError } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { loadDataset } from "../../src/datasets/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const idx = (shape: readonly number[], values: ArrayLike<number>) => {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((d, i) => {
    header.writeUInt32BE(d, 4 + 4 * i);
  });
  return Buffer.concat([header, Uint8Array.from(values)]);
};

const files = {
  "train-images-idx3-ubyte": idx([3, 2, 2], [0, 255, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255]),
  "train-labels-idx1-ubyte": idx([3], [0, 1, 9]),
  "t10k-images-idx3-ubyte": idx([1, 2, 2], [255, 0, 0, 0]),
  "t10k-labels-idx1-ubyte": idx([1], [5]),
};

describe("a folder of IDX files", () => {
  test.each([
    ["plain", (name: string, bytes: Buffer) => [name, bytes]],
    ["gzip", (name: string, bytes: Buffer) => [`${name}.gz`, gzipSync(bytes)]],
    ["with a dot in the names", (name: string, bytes: Buffer) => [name.replace("-idx", ".idx"), bytes]],
    ["gzip without the ending", (name: string, bytes: Buffer) => [name, gzipSync(bytes)]],
  ] as const)("%s", async (_, change) => {
    const dataDir = temporaryFolder(
      Object.fromEntries(Object.entries(files).map(([name, bytes]) => change(name, bytes))),
    );
    for (const name of ["mnist", "fashion-mnist"]) {
      const {
        train,
        test: held,
        inputShape,
        classes,
        mean,
        std,
        source,
      } = await loadDataset(name, { dataDir, seed: 0 });
      expect([train.length, held.length, inputShape, classes.length]).toEqual([3, 1, [1, 2, 2], 10]);
      expect([mean, std]).toEqual([[0.5], [0.5]]);
      expect(source).toContain(dataDir);
      const [x, y] = train.batch([0, 2]);
      expect(x.toArray()).toEqual([
        [
          [
            [-1, 1],
            [-1, 1],
          ],
        ],
        [
          [
            [1, 1],
            [1, 1],
          ],
        ],
      ]);
      expect(y.toArray()).toEqual([0, 9]);
      expect(held.batch([0])[0].toArray()).toEqual([
        [
          [
            [1, -1],
            [-1, -1],
          ],
        ],
      ]); // by the training set's statistics
    }
  });

  test("missing files are named, all of them, with where to get them", async () => {
    const { "train-images-idx3-ubyte": images } = files;
    const dataDir = temporaryFolder({ "train-images-idx3-ubyte": images });
    const error: unknown = await loadDataset("fashion-mnist", { dataDir, seed: 0 }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(
      `The folder ${dataDir} lacks train-labels-idx1-ubyte or train-labels.idx1-ubyte or`,
    );
    expect(String(error)).toContain("t10k-labels-idx1-ubyte.gz");
    expect(String(error)).not.toContain("train-images-idx3");
    expect(String(error)).toContain("apt install dataset-fashion-mnist");
  });

  test("a missing folder, or a file in its place, is said", async () => {
    const folder = temporaryFolder({ file: "" });
    await expect(loadDataset("mnist", { dataDir: join(folder, "no"), seed: 0 })).rejects.toThrow(
      /There is no folder .*no\. Get the four files/,
    );
    await expect(loadDataset("mnist", { dataDir: join(folder, "file"), seed: 0 })).rejects.toThrow(
      /is a file, but a folder is needed/,
    );
  });

  test.each<[string, Record<string, Uint8Array>, string]>([
    [
      "cut short",
      { "train-images-idx3-ubyte": files["train-images-idx3-ubyte"].subarray(0, 20) },
      "train-images-idx3-ubyte: at byte 20: expected 12 bytes of values",
    ],
    [
      "cut short and compressed",
      { "t10k-labels-idx1-ubyte": gzipSync(files["t10k-labels-idx1-ubyte"]).subarray(0, 25) },
      "do not decompress",
    ],
    [
      "labels of another set",
      { "train-labels-idx1-ubyte": files["t10k-labels-idx1-ubyte"] },
      "expected 3 labels, one for each picture",
    ],
    [
      "a label too high",
      { "train-labels-idx1-ubyte": idx([3], [0, 10, 1]) },
      "train-labels-idx1-ubyte: at byte 9: expected a label from 0 to 9, but found 10",
    ],
    ["pictures of two sizes", { "t10k-images-idx3-ubyte": idx([1, 1, 2], [1, 2]) }, "expected pictures of 2×2 pixels"],
    [
      "no pictures",
      { "t10k-images-idx3-ubyte": idx([0, 2, 2], []), "t10k-labels-idx1-ubyte": idx([0], []) },
      "header says [0, 1, 2, 2]: there are none",
    ],
  ])("damaged files are refused: %s", async (_, change, message) => {
    const dataDir = temporaryFolder({ ...files, ...change });
    const error: unknown = await loadDataset("mnist", { dataDir, seed: 0 }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FormatError);
    expect(String(error)).toContain(dataDir);
    expect(String(error)).toContain(message);
  });
});

test.skipIf(!existsSync("/usr/share/datasets/fashion-mnist"))(
  "Debian's Fashion-MNIST",
  async () => {
    const { train, test: held, mean, std, classes } = await loadDataset("fashion-mnist", { seed: 0 });
    expect([train.length, held.length]).toEqual([60000, 10000]);
    expect([mean[0]!.toFixed(4), std[0]!.toFixed(4)]).toEqual(["0.2860", "0.3530"]); // as everybody computes them
    expect(Array.from(held.batch([0, 1, 2])[1].data, (label) => classes[label])).toEqual([
      "Ankle boot",
      "Pullover",
      "Trouser",
    ]);
  },
  60_000,
);

describe("cifar10", () => {
  const records = (...labels: number[]) => {
    const bytes = new Uint8Array(labels.length * 3073).fill(100);
    labels.forEach((label, i) => {
      bytes[i * 3073] = label;
    });
    return bytes;
  };
  const batches = Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`data_batch_${i}.bin`, records(i, 0)]));
  const names = "plane car bird cat deer dog frog horse ship truck".split(" ");

  test("joins the five batches in order", async () => {
    const dataDir = temporaryFolder({ ...batches, "test_batch.bin": records(7) });
    const cifar = await loadDataset("cifar10", { dataDir, seed: 0 });
    expect([cifar.train.length, cifar.test.length, cifar.inputShape]).toEqual([10, 1, [3, 32, 32]]);
    expect(cifar.train.batch([0, 2, 4, 6, 8])[1].toArray()).toEqual([1, 2, 3, 4, 5]);
    expect(cifar.classes[0]).toBe("airplane");
    expect(cifar.mean.map((m) => m.toFixed(6))).toEqual(Array(3).fill((100 / 255).toFixed(6)));
  });

  test("takes the names of classes from batches.meta.txt", async () => {
    const dataDir = temporaryFolder({
      ...batches,
      "test_batch.bin": records(7),
      "batches.meta.txt": `${names.join("\n")}\n\n`,
    });
    expect((await loadDataset("cifar10", { dataDir, seed: 0 })).classes).toEqual(names);
    const wrong = temporaryFolder({ ...batches, "test_batch.bin": records(7), "batches.meta.txt": "plane\ncar" });
    await expect(loadDataset("cifar10", { dataDir: wrong, seed: 0 })).rejects.toThrow(
      /names of 10 classes, a line each, but found 2/,
    );
  });

  test("says what is missing or damaged", async () => {
    await expect(loadDataset("cifar10", { seed: 0 })).rejects.toThrow(
      /cifar10 does not come with this program.*cifar-10-binary\.tar\.gz/,
    );
    const dataDir = temporaryFolder(batches);
    await expect(loadDataset("cifar10", { dataDir, seed: 0 })).rejects.toThrow(
      `The folder ${dataDir} lacks test_batch.bin. The binary`,
    );
    const wrong = temporaryFolder({ ...batches, "test_batch.bin": records(3, 100) });
    await expect(loadDataset("cifar10", { dataDir: wrong, seed: 0 })).rejects.toThrow(
      "test_batch.bin: at byte 3073: expected a label from 0 to 9, but found 100",
    );
  });
});
