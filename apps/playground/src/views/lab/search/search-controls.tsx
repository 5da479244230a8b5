import { searchText } from "../../../text/lab/search/index.ts";
import { Button } from "../../../ui/button.tsx";
import { addDigits, clear, problem } from "./state.ts";

export function SearchControls() {
  const text = searchText();
  return (
    <>
      <div class="row">
        <Button onClick={() => addDigits(5)}>{text.addFive}</Button>
        <Button onClick={() => addDigits(1)}>{text.addOne}</Button>
        <Button onClick={clear}>{text.clear}</Button>
      </div>
      {problem.value !== undefined && (
        <p class="wrong" role="alert">
          {problem.value === "full" ? text.full : problem.value}
        </p>
      )}
      <p class="muted">{text.how}</p>
    </>
  );
}
