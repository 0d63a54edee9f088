import { expect, test } from "vitest";
import { hexLines } from "./hex-lines.ts";

test("bytes stand sixteen a line with what can be read of them", () => {
	const bytes = new Uint8Array([...new TextEncoder().encode("PK<script>"), 0, 255, ...new Array(6).fill(65)]);
	expect(hexLines(bytes)).toEqual([
		"00000000  50 4b 3c 73 63 72 69 70  74 3e 00 ff 41 41 41 41  PK<script>··AAAA",
		`00000010  41 41${" ".repeat(18)}  ${" ".repeat(23)}  AA`,
	]);
	expect(hexLines(new Uint8Array())).toEqual([]);
});
