const perLine = 16;

/** Bytes as lines of an address, sixteen numbers and what is printable of them. */
export function hexLines(bytes: Uint8Array): string[] {
	const lines: string[] = [];
	for (let at = 0; at < bytes.length; at += perLine) {
		const row = [...bytes.subarray(at, at + perLine)];
		const numbers = row.map((byte) => byte.toString(16).padStart(2, "0"));
		const left = numbers.slice(0, 8).join(" ").padEnd(23);
		const right = numbers.slice(8).join(" ").padEnd(23);
		const letters = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : "·")).join("");
		lines.push(`${at.toString(16).padStart(8, "0")}  ${left}  ${right}  ${letters}`);
	}
	return lines;
}
