import { describe, expect, it } from "vitest";
import { createDigestMeter, digestStream } from "./digest-stream.ts";

describe("digestStream", () => {
	it("gives the digests of what passed, and passes it unchanged", async () => {
		const meter = await createDigestMeter({ withXxh128: true });
		const passed: string[] = [];
		for await (const chunk of digestStream(source(["hello, ", "", "world"]), meter)) {
			passed.push(Buffer.from(chunk).toString());
		}
		expect(passed).toEqual(["hello, ", "", "world"]);
		expect(meter.finish()).toEqual({
			sha256: "09ca7e4eaa6e8ae9c7d261167129184883644d07dfba7cbfbc4c8a2e08360d5b",
			md5Hex: "e4d7f1b4ed2e42d15898f4b27b019da4",
			xxh128Hex: "11c83d9c1ee368164c0abe17b55db69c",
			size: 12,
		});
	});

	it("takes a chunk from its source only when it is asked for one, and lets go of the source when left", async () => {
		const seen: string[] = [];
		const chunks = digestStream(source(["a", "b", "c"], seen), await createDigestMeter());
		expect(seen).toEqual([]);
		await chunks.next();
		expect(seen).toEqual(["a"]);
		await chunks.next();
		expect(seen).toEqual(["a", "b"]);
		await chunks.return();
		expect(seen).toEqual(["a", "b", "left"]);
	});
});

async function* source(texts: readonly string[], seen: string[] = []): AsyncGenerator<Uint8Array> {
	try {
		for (const text of texts) {
			seen.push(text);
			yield Buffer.from(text);
		}
	} finally {
		seen.push("left");
	}
}
