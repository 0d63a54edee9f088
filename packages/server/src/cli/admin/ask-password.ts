import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { SetupError } from "../../errors.ts";

/** Reads a password: without showing it and twice where somebody types it, else the first line that comes in. */
export async function askPassword(): Promise<string> {
	const isTyped = process.stdin.isTTY;
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const lines = createInterface({ input: process.stdin, output: silent, terminal: isTyped });
	try {
		if (!isTyped) {
			for await (const line of lines) return line;
			return "";
		}
		const ask = async (question: string) => {
			process.stderr.write(question);
			const answer = await lines.question("");
			process.stderr.write("\n");
			return answer;
		};
		const password = await ask("new password: ");
		if ((await ask("once more: ")) !== password) throw new SetupError("the two passwords differ: nothing was changed");
		return password;
	} finally {
		lines.close();
	}
}
