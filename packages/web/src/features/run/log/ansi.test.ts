import { expect, test } from "vitest";
import { plainText, readAnsi } from "./ansi.ts";

const e = "\u001b";

test("colours, weights and their ends", () => {
	expect(readAnsi(`a${e}[31mred${e}[1;92mbright${e}[39m plain${e}[0m end`)).toEqual([
		{ text: "a" },
		{ text: "red", colour: "red" },
		{ text: "bright", colour: "bright-green", bold: true },
		{ text: " plain", bold: true },
		{ text: " end" },
	]);
});

test("256 colours and true colours; a ground is passed over", () => {
	expect(readAnsi(`${e}[38;5;196mx${e}[38;5;8my${e}[38;2;1;2;255mz${e}[48;5;3;4mw`)).toEqual([
		{ text: "x", colour: "#ff0000" },
		{ text: "y", colour: "bright-black" },
		{ text: "z", colour: "#0102ff" },
		{ text: "w", colour: "#0102ff", underline: true },
	]);
});

test("progress bars show their last state, other orders to a terminal nothing", () => {
	expect(plainText("10%\r 50%\r100%\r\n")).toBe("100%");
	expect(plainText(`${e}[2K${e}[1Aloss${e}]0;title\u0007 0.1${e}[?25l`)).toBe("loss 0.1");
	expect(readAnsi("")).toEqual([]);
});
