import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

// Rules of the house that neither Biome nor dependency-cruiser can see: sizes, names, casts, and who writes a table.

const root = join(import.meta.dirname, "..", "..", "..");
const serverSource = join("packages", "server", "src");
const limits = { source: 400, test: 600, function: 80 };
const forbiddenNames = /^(utils?|helpers?|common|shared|misc)$/i;

type Source = { readonly path: string; readonly text: string };

function listSources(): Source[] {
	const folders = [...readdirSync(join(root, "packages")).map((name) => join("packages", name, "src"))];
	return [...folders, "conformance", "scripts", "bench", join("packages", "server", "codegen")]
		.filter((folder) => existsSync(join(root, folder)))
		.flatMap((folder) => filesBelow(folder))
		.filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith(".gen.ts"))
		.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

function filesBelow(folder: string): string[] {
	return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return /^(node_modules|dist)$|^\./.test(entry.name) ? [] : filesBelow(path);
		return [path];
	});
}

function isTest(path: string): boolean {
	return /\.test\.tsx?$/.test(path);
}

function parse({ path, text }: Source): ts.SourceFile {
	return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function* descendants(node: ts.Node): Generator<ts.Node> {
	for (const child of node.getChildren()) {
		yield child;
		yield* descendants(child);
	}
}

function lineOf(file: ts.SourceFile, position: number): number {
	return file.getLineAndCharacterOfPosition(position).line + 1;
}

function findTooLong(source: Source): string[] {
	const lines = source.text.trimEnd().split("\n").length;
	const allowed = isTest(source.path) ? limits.test : limits.source;
	const tooLong = lines > allowed ? [`${source.path}: ${lines} lines, ${allowed} allowed`] : [];
	const file = parse(source);
	for (const node of descendants(file)) {
		if (!ts.isFunctionLike(node) || isDescribeCallback(node)) continue;
		const first = lineOf(file, node.getStart());
		const length = lineOf(file, node.getEnd()) - first + 1;
		if (length > limits.function) {
			tooLong.push(`${source.path}:${first}: a function of ${length} lines, ${limits.function} allowed`);
		}
	}
	return tooLong;
}

/** A group of tests is a list, not a function anybody has to follow. */
function isDescribeCallback(node: ts.Node): boolean {
	return ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText());
}

function findCasts(source: Source): string[] {
	const file = parse(source);
	const lines = source.text.split("\n");
	const isExplained = (line: number) =>
		/\/\/|\*\//.test(lines[line - 1] ?? "") || /\/\/|\*\//.test(lines[line - 2] ?? "");
	return [...descendants(file)]
		.filter(
			(node) => ts.isTypeAssertionExpression(node) || (ts.isAsExpression(node) && node.type.getText() !== "const"),
		)
		.map((node) => lineOf(file, node.getEnd()))
		.filter((line) => !isExplained(line))
		.map((line) => `${source.path}:${line}: a cast without a comment that says why`);
}

type Owners = ReadonlyMap<string, string>;

function readMigrations(): Source[] {
	const folder = join(serverSource, "db", "migrations");
	return filesBelow(folder)
		.filter((path) => path.endsWith(".sql"))
		.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

function findOwners(migrations: readonly Source[]): Owners {
	const comment = /comment\s+on\s+table\s+"?(\w+)"?\s+is\s+'owner:\s*([\w-]+)/gi;
	return new Map(
		migrations.flatMap(({ text }) => [...text.matchAll(comment)].map(([, table = "", owner = ""]) => [table, owner])),
	);
}

function findTables(migrations: readonly Source[]): string[] {
	const create = /create\s+table\s+(?:if\s+not\s+exists\s+)?"?(\w+)"?/gi;
	return migrations.flatMap(({ text }) => [...text.matchAll(create)].map(([, table = ""]) => table));
}

/** The tables that a file writes, by Kysely's builders or in raw SQL. */
function findWrites(source: Source): { table: string; line: number }[] {
	const file = parse(source);
	return [...descendants(file)].flatMap((node) => {
		const line = lineOf(file, node.getStart());
		return tablesWrittenBy(node).map((table) => ({ table, line }));
	});
}

function tablesWrittenBy(node: ts.Node): string[] {
	if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
		const [table] = node.arguments;
		const writes = /^(insertInto|updateTable|deleteFrom|mergeInto|replaceInto)$/.test(node.expression.name.text);
		return writes && table !== undefined && ts.isStringLiteralLike(table) ? [table.text.split(" ")[0] ?? ""] : [];
	}
	if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return [];
	// `for update`, `on conflict … do update set` and the like name no table.
	const write =
		/\b(?:insert\s+into|merge\s+into|delete\s+from|(?<!for\s|do\s|on\s)update)\s+(?:only\s+)?(?:\$\{sql\.table\(["'])?"?(\w+)/gi;
	return [...node.getText().matchAll(write)].map(([, table = ""]) => table);
}

function findForeignWrites(source: Source, owners: Owners): string[] {
	const folder = relative(serverSource, source.path).split(sep)[0] ?? "";
	// Tests of query plans need more rows than use cases can make in a moment.
	if (folder === "testing") return [];
	return findWrites(source)
		.filter(({ table }) => owners.has(table) && owners.get(table) !== folder)
		.map(({ table, line }) => `${source.path}:${line}: ${folder} writes ${table}, which ${owners.get(table)} owns`);
}

const sources = listSources();
const migrations = readMigrations();
const owners = findOwners(migrations);

describe("the tree", () => {
	test("is read", () => {
		expect(sources.map(({ path }) => path)).toContain(relative(root, import.meta.filename));
		expect(owners.size).toBeGreaterThan(0);
	});

	test(`keeps files below ${limits.source} lines (tests ${limits.test}) and functions below ${limits.function}`, () => {
		expect(sources.flatMap(findTooLong)).toEqual([]);
	});

	test("has no drawer for odds and ends", () => {
		const nameless = sources.filter(({ path }) =>
			[...path.split(sep).slice(0, -1), basename(path).split(".")[0] ?? ""].some((name) => forbiddenNames.test(name)),
		);
		expect(nameless.map(({ path }) => path)).toEqual([]);
	});

	test("explains its casts", () => {
		expect(sources.flatMap(findCasts)).toEqual([]);
	});

	test("names the owner of every table", () => {
		const folders = readdirSync(join(root, serverSource));
		expect(findTables(migrations).filter((table) => !folders.includes(owners.get(table) ?? ""))).toEqual([]);
	});

	test("writes a table only in the noun that owns it", () => {
		const server = sources.filter(({ path }) => path.startsWith(serverSource + sep) && !isTest(path));
		expect(server.flatMap((source) => findForeignWrites(source, owners))).toEqual([]);
	});
});

describe("the rules see", () => {
	const path = join(serverSource, "run", "run-store.ts");

	test("a long file and a long function", () => {
		const body = "\tconsole.log();\n".repeat(limits.source);
		expect(findTooLong({ path, text: `export function long() {\n${body}}\n` })).toHaveLength(2);
		expect(findTooLong({ path, text: "export const short = 1;\n".repeat(limits.source) })).toEqual([]);
	});

	test("a cast", () => {
		expect(findCasts({ path, text: "const a = b as string;" })).toHaveLength(1);
		expect(findCasts({ path, text: "const a = <string>b;" })).toHaveLength(1);
		expect(findCasts({ path, text: "// the driver types it as unknown\nconst a = b as string;" })).toEqual([]);
		expect(findCasts({ path, text: 'const a = ["b"] as const;\nimport { c as d } from "e";' })).toEqual([]);
	});

	test.each([
		'db.insertInto("artifact").values({})',
		'db.updateTable("artifact as a").set({})',
		'db.deleteFrom("artifact")',
		"sql`insert into artifact (id) values ($" + "{id})`",
		"sql`with x as (select 1) update artifact set name = $" + "{name}`",
		"sql`delete from $" + '{sql.table("artifact")} where id = 1`',
		'db.query("delete from artifact")',
	])("a foreign write: %s", (text) => {
		expect(findForeignWrites({ path, text }, new Map([["artifact", "artifact"]]))).toHaveLength(1);
		expect(findForeignWrites({ path, text }, new Map([["artifact", "run"]]))).toEqual([]);
	});

	test("no write in a read", () => {
		const text =
			"sql`select * from artifact for update of artifact`; sql`insert into run values (1) on conflict do update set a = 1`";
		expect(findWrites({ path, text }).map(({ table }) => table)).not.toContain("artifact");
		expect(
			findForeignWrites(
				{ path, text },
				new Map([
					["run", "run"],
					["artifact", "artifact"],
				]),
			),
		).toEqual([]);
	});
});
