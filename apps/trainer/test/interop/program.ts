// The part of scripts/verify-interop.mjs that runs Pointwise. What PyTorch makes of a layer or model is in a folder: `layers/NAME`
// or `models/NAME`.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeSafetensors } from "@pointwise/formats";
import { Rng } from "@pointwise/tensor";
import { bound } from "./difference.ts";
import { type Given, readGiven, readLayerFixtures, readTaken } from "./given.ts";
import { modelRows, structures } from "./structures.ts";
import { comeBack, type Row, type Trip, travel } from "./trip.ts";

export { travelOnnxFiles } from "./onnx-files.ts";
export { tryTwins } from "./twins.ts";
export { bound };

/**
 * From PyTorch to ONNX Runtime, with what `verify-interop.py make` has made. Leaves the models for `verify-interop.py take`.
 * @returns what gives the rows when PyTorch has taken them
 */
export async function travelFromPytorch(root: string): Promise<() => Row[]> {
  const made = ["layers", "models"].flatMap((kind) => readdirSync(join(root, kind)).map((name) => `${kind}/${name}`));
  const onlyThere = made.filter((name) => !structures.has(name));
  const onlyHere = [...structures.keys()].filter((name) => !made.includes(name));
  if (onlyThere.length + onlyHere.length > 0) {
    throw new Error(
      `Only verify-interop.py has: ${onlyThere.join("; ")}. Only structures.ts has: ${onlyHere.join("; ")}.`,
    );
  }
  const trips = new Map<string, { given: Given; trip: Trip }>();
  for (const [name, make] of structures) {
    const given = readGiven(join(root, name));
    const trip = await travel(make(), given);
    writeFileSync(join(root, name, "back.safetensors"), encodeSafetensors({ tensors: trip.stateDict }));
    trips.set(name, { given, trip });
  }
  return () =>
    [...trips].map(([name, { given, trip }]) => {
      const { onnx } = given;
      const row = rowOf(name, trip);
      const back = comeBack(trip, readTaken(join(root, name)));
      return { ...row, legs: { ...row.legs, back }, ...(typeof onnx === "string" && { notExported: onnx }) };
    });
}

/**
 * The layers with what PyTorch once made of them, the models with weights drawn here.
 * @param layerFixtures the file layers.json
 */
export async function travelWithoutPytorch(layerFixtures: string): Promise<Row[]> {
  const fixtures = readLayerFixtures(layerFixtures);
  const rng = new Rng(5);
  const rows: Row[] = [];
  for (const [name, make] of structures) {
    const model = make();
    const drawn = () => ({
      state: model.stateDict(),
      input: rng.normal([3, ...modelRows[name.replace("models/", "")]!.shape]), // every layer is in the fixtures
    });
    rows.push(rowOf(name, await travel(model, fixtures.get(name) ?? drawn())));
  }
  return rows;
}

const rowOf = (path: string, { legs, parameters }: Trip): Row => ({
  name: path.slice(path.indexOf("/") + 1),
  parameters,
  legs,
});
