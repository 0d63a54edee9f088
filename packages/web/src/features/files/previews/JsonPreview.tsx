import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Tree, type TreeRow } from "../../../ui/Tree.tsx";
import { briefValue, type JsonRow, jsonRows, mostChildren, parseJson, prettyJson } from "./json-rows.ts";
import { LineView } from "./LineView.tsx";
import type { PreviewProps } from "./preview-props.ts";
import { WholeText } from "./WholeText.tsx";

const mostJson = 8 * 1024 * 1024;

function toTreeRow({ path, level, name, value, size, isOpen }: JsonRow, more: string): TreeRow {
	const brackets = Array.isArray(value) ? `[${size}]` : `{${size}}`;
	const text = size === undefined ? briefValue(value) : `${brackets}${size > mostChildren ? ` ${more}` : ""}`;
	const row: TreeRow = {
		key: path,
		level,
		label: name === undefined ? text : `${name}: ${text}`,
		content: (
			<span className="json-row">
				{name === undefined ? null : <span className="json-key">{name}</span>}
				<span className="json-value" data-type={size === undefined ? typeof value : "holder"}>
					{text}
				</span>
			</span>
		),
	};
	return size === undefined || size === 0 ? row : { ...row, isOpen };
}

/** A JSON value as a tree that opens level by level. */
export function JsonTree({ value, label }: { value: unknown; label: string }): ReactNode {
	const { t } = useTranslation();
	const [open, setOpen] = useState<ReadonlySet<string>>(new Set([""]));
	const rows = useMemo(() => {
		const more = t("files.firstValues", { count: mostChildren });
		return jsonRows(value, open).map((row) => toTreeRow(row, more));
	}, [value, open, t]);
	const toggle = (key: string, isOpen: boolean) => {
		const next = new Set(open);
		if (isOpen) next.add(key);
		else next.delete(key);
		setOpen(next);
	};
	return <Tree label={label} rows={rows} onToggle={toggle} rowHeight={24} />;
}

function JsonText({ text, label, as }: { text: string; label: string; as: string | undefined }): ReactNode {
	const { t } = useTranslation();
	const parsed = useMemo(() => parseJson(text), [text]);
	if ("error" in parsed) {
		return (
			<>
				<p className="preview-note">{t("files.noJson")}</p>
				<LineView text={text} label={label} />
			</>
		);
	}
	if (as !== "source") return <JsonTree value={parsed.value} label={label} />;
	// A file that has lines is shown as it was written.
	const isOneLine = !text.trim().includes("\n");
	return <LineView text={(isOneLine ? prettyJson(parsed.value) : undefined) ?? text} label={label} />;
}

/** JSON as a tree, or as text with indentation. */
export function JsonPreview({ id, entry, as }: PreviewProps): ReactNode {
	return (
		<WholeText id={id} entry={entry} most={mostJson}>
			{(text) => <JsonText text={text} label={entry.name} as={as} />}
		</WholeText>
	);
}
