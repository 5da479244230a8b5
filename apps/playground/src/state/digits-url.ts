/** The file of digits that lies beside the page. */
export const digitsUrl = (): string => new URL("digits.bin", document.baseURI).href;
