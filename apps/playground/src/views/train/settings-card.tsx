import {
  type ExperimentNumber,
  experimentNumbers,
  type OptimizerKind,
  type ScheduleKind,
  takesMomentum,
} from "../../experiment/experiment.ts";
import { refuseNumber } from "../../experiment/number-rule.ts";
import { edit, experiment } from "../../state/experiment.ts";
import { NumberField } from "../../ui/number-field.tsx";
import { Select } from "../../ui/select.tsx";

const optimizers: readonly { value: OptimizerKind; title: string }[] = [
  { value: "sgd", title: "SGD" },
  { value: "adam", title: "Adam" },
  { value: "adamw", title: "AdamW" },
  { value: "rmsprop", title: "RMSprop" },
];

const schedules: readonly { value: ScheduleKind; title: string }[] = [
  { value: "constant", title: "Constant" },
  { value: "cosine", title: "Cosine" },
  { value: "one-cycle", title: "One cycle" },
  { value: "step", title: "Steps" },
];

/** How the model is trained. */
export function SettingsCard() {
  const { optimizer, schedule } = experiment.value;
  return (
    <section class="card stack" aria-labelledby="settings-title">
      <h2 id="settings-title">Training</h2>
      <div class="fields">
        <Select
          label="Optimizer"
          value={optimizer}
          options={optimizers}
          onChange={(value) => edit({ optimizer: value })}
        />
        <Setting name="lr" label="Learning rate" />
        <Select label="Schedule" value={schedule} options={schedules} onChange={(value) => edit({ schedule: value })} />
        {takesMomentum(optimizer) && <Setting name="momentum" label="Momentum" />}
        <Setting name="weightDecay" label="Weight decay" />
        <Setting name="batchSize" label="Batch size" />
        <Setting name="epochs" label="Epochs" />
        <Setting name="seed" label="Seed" />
      </div>
    </section>
  );
}

function Setting({ name, label }: { readonly name: ExperimentNumber; readonly label: string }) {
  const rule = experimentNumbers[name];
  return (
    <NumberField
      label={label}
      value={experiment.value[name]}
      step={rule.step}
      refuse={(value) => refuseNumber(value, rule)}
      onChange={(value) => edit({ [name]: value })}
    />
  );
}
