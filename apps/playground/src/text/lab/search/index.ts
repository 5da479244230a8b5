import { texts } from "../../texts.ts";
import { en, type SearchText } from "./en.ts";
import { zh } from "./zh.ts";

export const searchText = texts<SearchText>({ en, zh });
