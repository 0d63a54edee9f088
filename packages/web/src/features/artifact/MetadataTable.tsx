import { TextInput } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { formatValue } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import { useViewState } from "../../ui/use-view-state.ts";
import { type MetadataRow, metadataRows } from "./metadata-rows.ts";

/** A longer text is cut until it is asked for. */
const longText = 400;

function Marked({ text, search }: { text: string; search: string }): ReactNode {
	const wanted = search.trim().toLowerCase();
	const at = wanted === "" ? -1 : text.toLowerCase().indexOf(wanted);
	if (at < 0) return text;
	return (
		<>
			{text.slice(0, at)}
			<mark>{text.slice(at, at + wanted.length)}</mark>
			{text.slice(at + wanted.length)}
		</>
	);
}

function Value({ row, search }: { row: MetadataRow; search: string }): ReactNode {
	const { t, i18n } = useTranslation();
	const [whole, setWhole] = useState(false);
	if (row.count !== undefined) {
		const word = Array.isArray(row.value) ? "versionMetadata.items" : "versionMetadata.keys";
		return <span className="quiet">{t(word, { count: row.count })}</span>;
	}
	const text = formatValue(row.value, i18n.language);
	const kind = typeof row.value === "string" ? undefined : "mono";
	const shown = whole || text.length <= longText ? text : `${text.slice(0, longText)}…`;
	return (
		<span className={kind} title={typeof row.value === "number" ? String(row.value) : undefined}>
			<Marked text={shown} search={search} />
			{shown === text ? null : (
				<button type="button" className="copy" onClick={() => setWhole(true)}>
					{t("versionMetadata.whole")}
				</button>
			)}
		</span>
	);
}

function Key({ row, search, onToggle }: { row: MetadataRow; search: string; onToggle: () => void }): ReactNode {
	const style = { paddingLeft: `${row.depth * 18}px` };
	if (row.count === undefined) {
		return (
			<span className="metadata-key mono leaf" style={style}>
				<Marked text={row.key} search={search} />
			</span>
		);
	}
	return (
		<span className="metadata-key mono" style={style}>
			<button type="button" aria-expanded={row.open} onClick={onToggle}>
				<Icon name={row.open ? "chevronDown" : "chevronRight"} />
				<Marked text={row.key} search={search} />
			</button>
		</span>
	);
}

/** Nested values: folded and unfolded, and searched to the last of them. */
export function MetadataTable({ values }: { values: Record<string, unknown> }): ReactNode {
	const { t } = useTranslation();
	const [{ find: search = "" }, set] = useViewState(["find"]);
	const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
	const rows = useMemo(() => metadataRows(values, { toggled, search }), [values, toggled, search]);
	const toggle = (path: string) => {
		const next = new Set(toggled);
		if (!next.delete(path)) next.add(path);
		setToggled(next);
	};
	return (
		<>
			<div className="toolbar middle">
				<TextInput
					size="xs"
					w={280}
					placeholder={t("versionMetadata.search")}
					aria-label={t("versionMetadata.search")}
					value={search}
					onChange={({ currentTarget }) => set({ find: currentTarget.value || undefined }, { replace: true })}
				/>
				<CopyButton text={JSON.stringify(values, null, 2)} label="JSON" worded />
			</div>
			{rows.length === 0 ? (
				<p className="quiet" role="status">
					{t("versionMetadata.notFound", { search })}
				</p>
			) : (
				<DataTable
					label={t("artifact.tab.metadata")}
					rows={rows}
					rowKey={({ path }) => path}
					columns={[
						{
							id: "key",
							title: t("ui.key"),
							cell: (row) => <Key row={row} search={search} onToggle={() => toggle(row.path)} />,
						},
						{ id: "value", title: t("ui.value"), cell: (row) => <Value row={row} search={search} /> },
					]}
				/>
			)}
		</>
	);
}
