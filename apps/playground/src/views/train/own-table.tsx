import { ownData } from "../../state/data.ts";
import { FileField } from "../../ui/file-field.tsx";

/** A CSV file of the visitor's. */
export function OwnTable() {
  const read = async ([file]: readonly File[]) => {
    if (!file) return;
    const text = await file.text();
    ownData.value = { ...ownData.value, table: { name: file.name, text } };
  };
  return (
    <>
      <FileField label="A CSV file" accept=".csv,.tsv,text/csv" onChoose={read} />
      <p class="muted">
        A sample a line: numbers, and the class in the column named label, class or target, else in the last one. The
        file stays on your machine.
      </p>
    </>
  );
}
