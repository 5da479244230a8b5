import { texts } from "../texts.ts";
import { en, type LabText } from "./en.ts";
import { zh } from "./zh.ts";

export const labText = texts<LabText>({ en, zh });
