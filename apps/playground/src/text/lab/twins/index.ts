import { texts } from "../../texts.ts";
import { en, type TwinsText } from "./en.ts";
import { zh } from "./zh.ts";

export const twinsText = texts<TwinsText>({ en, zh });
