import { resolve } from "node:path";
import { encodeSafetensors, exportOnnx } from "@pointwise/formats";
import { UsageError } from "@pointwise/tensor";
import type { Command } from "commander";
import { describeInput, describeOutput } from "../export/describe.ts";
import { type OpenedModel, openModel } from "../export/open-model.ts";
import { checkWritable } from "../files/check-writable.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import { formatCount } from "../terminal/format.ts";
import { invocation } from "../terminal/invocation.ts";
import { wrap } from "../terminal/width.ts";

interface ExportOptions {
  readonly onnx?: string;
  readonly safetensors?: string;
}

export function addExportCommand(program: Command): void {
  program
    .command("export")
    .description("write a trained model for other programs")
    .argument("<path>", "what `train --out` has written, a checkpoint in it, or a twin that `lab` has written")
    .showHelpAfterError(`Run \`${invocation()} export --help\` to see all options.`)
    .option("--onnx <file>", "the model with its weights, for ONNX Runtime and others; batches of any size")
    .option("--safetensors <file>", "the weights alone, under the names that PyTorch uses")
    .action(exportModel);
}

function exportModel(path: string, { onnx, safetensors }: ExportOptions, command: Command): void {
  if (onnx === undefined && safetensors === undefined) {
    command.error("error: Say what to write: --onnx model.onnx, --safetensors model.safetensors, or both.");
  }
  const opened = openModel(path);
  // Both, before one is written.
  checkPlace(onnx, "--onnx", opened.sources);
  checkPlace(safetensors, "--safetensors", [...opened.sources, ...(onnx === undefined ? [] : [resolve(onnx)])]);

  const files: string[] = [];
  const write = (file: string, bytes: Uint8Array, what: string) => {
    writeAtomically(file, bytes);
    files.push(`${file}  ${formatCount(bytes.length)} bytes, ${what}`);
  };
  const text = describe(opened);
  if (onnx !== undefined) write(onnx, asOnnx(opened, text), 'ONNX: the model, from "input" to "output"');
  if (safetensors !== undefined) {
    write(safetensors, asSafetensors(opened, text), "safetensors: the weights, with PyTorch's names");
  }
  const printed = `${text}\n\n${files.join("\n")}`;
  process.stdout.write(`${wrap(printed, process.stdout.columns ?? Number.POSITIVE_INFINITY)}\n`);
}

/** @throws UsageError for a file that cannot be written, or that holds what should stay */
function checkPlace(file: string | undefined, option: string, taken: readonly string[]): void {
  if (file === undefined) return;
  if (taken.includes(resolve(file))) {
    throw new UsageError(
      `${option} ${file} is the place of a file of the run, of the model itself, or of the other export. Choose another place.`,
    );
  }
  checkWritable(file, option);
}

const describe = ({ title, data }: OpenedModel): string =>
  `${title}\ninput: ${describeInput(data)}\noutput: ${describeOutput(data)}`;

function asOnnx({ model, data }: OpenedModel, docString: string): Uint8Array {
  const names = new Map([...model.namedParameters(), ...model.namedBuffers()]);
  return exportOnnx((x) => model.forward(x), { shape: [1, ...data.inputShape] }, { names, docString });
}

const asSafetensors = ({ model }: OpenedModel, description: string): Uint8Array =>
  encodeSafetensors({ tensors: model.stateDict(), metadata: { format: "pt", description } });
