/** Files of every kind, and files that somebody made to do harm: each has to be shown, none may do anything. */

const red = Buffer.from(
	"iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8DAAMQQCgAf7gP9i18U1AAAAABJRU5ErkJggg==",
	"base64",
);
/** Three rows of an id and a name, by pyarrow, Snappy. */
const parquet = Buffer.from(
	"UEFSMRUAFSQVKCwVBhUAFQYVBhwAAAASRAIAAAAGAQEAAAACAAAAAwAAABUAFSgVLCwVBhUAFQYVBhwAAAAUTAIAAAADAwMAAABjYXQDAAAAZG9nFQQZPDUAGAZzY2hlbWEVBAAVAiUCGAJpZAAVDCUCGARuYW1lJQBMHAAAABYGGRwZLCYAHBUCGSUGABkYAmlkFQIWBhZKFk4mCEkcFQAVABUCADwpBhkmAAYAAAAmABwVDBklBgAZGARuYW1lFQIWBhZOFlImVkkcFQAVABUCADwWDBkGGSYCBAAAABaYARYGJggWoAEAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI1LjAuMRksHAAAHAAAAMEAAABQQVIx",
	"base64",
);

const image = { _type: "image-file", path: "media/images/red.png", format: "png", width: 2, height: 2 };
const number = { wb_type: "union", params: { allowed_types: [{ wb_type: "none" }, { wb_type: "number" }] } };
const table = {
	_type: "table",
	columns: ["id", "score", "picture"],
	data: Array.from({ length: 120 }, (_, at) => [`row ${at}`, (at * 37) % 100, at < 5 ? image : null]),
	column_types: { wb_type: "typedDict", params: { type_map: { id: { wb_type: "string" }, score: number } } },
	ncols: 3,
	nrows: 120,
};
const other = { columns: ["id", "label"], data: [["row 1", "one"]], _type: "table" };
const json = (value: unknown) => JSON.stringify(value);

/** What people log. */
export const ordinaryFiles: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
	"README.md": "# Zoo\n\nAnimals of the *zoo*.\n\n| kind | legs |\n| --- | --- |\n| cat | 4 |\n",
	"config.yaml": "model:\n  layers: 3\n  name: net\n",
	"train.py": "import wandb\n\nwith wandb.init() as run:\n    run.log({'acc': 0.75})\n",
	"metrics.json": json({ acc: 0.75, by_class: { cat: [1, 2, 3], dog: null }, name: "net" }),
	"data/animals.csv": `name,legs,weight\n${Array.from({ length: 400 }, (_, at) => `animal ${at},${at % 5},${at / 10}`).join("\n")}\n`,
	"data/animals.tsv": "name\tlegs\ncat\t4\n",
	"data/animals.parquet": new Uint8Array(parquet),
	"data/long.log": Array.from({ length: 30_000 }, (_, at) => `line ${at} of the log`).join("\n"),
	"media/images/red.png": new Uint8Array(red),
	"media/red.image-file.json": json(image),
	"predictions.table.json": json(table),
	"labels.table.json": json(other),
	"both.joined-table.json": json({
		_type: "joined-table",
		table1: "predictions.table.json",
		table2: "labels.table.json",
		join_key: "id",
	}),
	"parts/one.table.json": json(other),
	"parts/two.table.json": json(other),
	"whole.partitioned-table.json": json({ _type: "partitioned-table", parts_path: "parts" }),
	"weights.bin": new Uint8Array([0x50, 0x4b, 3, 4, 0, 0xff, 0xfe, 1, 2, 3]),
	"empty.txt": "",
	"sound.wav": new Uint8Array(
		Buffer.from("524946462400000057415645666d74201000000001000100401f0000803e0000020010006461746100000000", "hex"),
	),
};

const attack = "window.top.attacked = true; document.title = 'attacked'";

/** What somebody might log. Their names are part of it. */
export const hostileFiles: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
	"script.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="${attack}"><script>${attack}</script><rect width="40" height="40" fill="red"/><foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:${attack}"/></foreignObject></svg>`,
	"page.html": `<!doctype html><body onload="${attack}"><h1>page</h1><script>${attack}</script><img src=x onerror="${attack}"><iframe srcdoc="<script>${attack}</script>"></iframe><meta http-equiv="refresh" content="0;url=javascript:${attack}"><form action="/graphql" method="post"><button>go</button></form><a href="javascript:${attack}">link</a></body>`,
	"notes.md": `# notes\n\n<script>${attack}</script>\n\n<img src=x onerror="${attack}">\n\n[link](javascript:${attack})\n\n![picture](x" onerror="${attack})\n`,
	"formula.csv": `name,value\n=HYPERLINK("javascript:${attack}"),=1+1\n"<img src=x onerror=${attack}>",@SUM(1)\n`,
	"deep.json": `${"[".repeat(60_000)}${"]".repeat(60_000)}`,
	"wide.json": json(Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`key ${at}`, at]))),
	"proto.json": `{"__proto__": {"attacked": true}, "constructor": {"prototype": {"attacked": true}}}`,
	"broken.json": '{"a": ',
	"one-line.txt": "x".repeat(1_500_000),
	"many-lines.txt": "\n".repeat(250_000),
	"<img src=x onerror=window.attacked=true>.txt": "a name",
	'"><svg onload=window.attacked=true>/file.txt': "a folder",
	"fake.png": "<script>alert(1)</script>",
	"fake.parquet": "PAR1 no parquet PAR1",
	"evil.table.json": json({
		columns: [`<img src=x onerror="${attack}">`, "__proto__"],
		data: [
			[
				{ _type: "image-file", path: `javascript:${attack}` },
				{ _type: "image-file", path: "../../graphql" },
			],
		],
	}),
	"no-rows.table.json": json({ columns: [], data: "none" }),
	"self.joined-table.json": json({ table1: "self.joined-table.json", table2: "self.joined-table.json", join_key: "a" }),
	"bom.csv": "\uFEFFa,b\n1,2\n",
	"control.txt": "bell \u0007 escape \u001b[31mred\u001b[0m right-to-left \u202Etxt.exe\u202C\n",
	"latin.txt": new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x0a]),
};

/** Entries that point elsewhere, some of them where nobody should follow. */
export const references: Readonly<Record<string, string>> = {
	"far/web.bin": "https://files.example.org/web.bin",
	"far/s3.bin": "s3://bucket/key",
	"far/script.bin": `javascript:${attack}`,
};
