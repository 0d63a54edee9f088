import { expect, test } from "vitest";
import { plainLine } from "./plain-line.ts";

test.each([
	["Classifies **animals** of the zoo.\n\n- more", "Classifies animals of the zoo."],
	["\n---\n# Zoo `v2`\ntext", "Zoo v2"],
	["- see [the card](https://example.org) and ![a picture](x.png)", "see the card and a picture"],
	["snake_case_name and *this*, 2 * 3 * 4", "snake_case_name and this, 2 * 3 * 4"],
	["", ""],
])("%j is shown as %j", (markdown, line) => {
	expect(plainLine(markdown)).toBe(line);
});
