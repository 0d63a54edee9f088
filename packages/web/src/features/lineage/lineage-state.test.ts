import fc from "fast-check";
import { expect, test } from "vitest";
import { type LineageState, printLineageState, readLineageState, startState } from "./lineage-state.ts";

const text = fc.string({ minLength: 1 });
const texts = fc.array(text, { maxLength: 4 });
const moment = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
const states: fc.Arbitrary<LineageState> = fc.record({
	scope: fc.constantFrom("lines", "component"),
	up: fc.nat({ max: 20 }),
	down: fc.nat({ max: 20 }),
	group: fc.constantFrom("auto", "none", "sweep", "pipeline", "project"),
	open: texts,
	extra: texts,
	selected: fc.option(text, { nil: undefined }),
	without: texts,
	hidden: texts,
	only: fc.constantFrom("artifact", "run", undefined),
	view: fc.constantFrom("graph", "list", "impact"),
	path: fc.option(text, { nil: undefined }),
	from: fc.option(moment, { nil: undefined }),
	until: fc.option(moment, { nil: undefined }),
	axis: fc.constantFrom("flow", "time"),
	compare: fc.option(text, { nil: undefined }),
});

test("an address keeps whatever a reader chose", () => {
	fc.assert(
		fc.property(states, (state) => {
			expect(readLineageState(printLineageState(state))).toEqual(state);
		}),
	);
});

test("the beginning needs nothing in the address, and nonsense there is the beginning", () => {
	expect(printLineageState(startState)).toEqual({});
	expect(
		readLineageState({ scope: "world", up: "-1", down: "many", group: "fish", view: 3, from: "once", axis: "z" }),
	).toEqual(startState);
});
