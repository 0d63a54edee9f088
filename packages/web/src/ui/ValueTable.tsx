import { TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "./DataTable.tsx";
import { formatValue } from "./format.ts";

type Row = { key: string; value: unknown };

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One row per leaf, nested keys joined by dots. */
function flatten(value: Record<string, unknown>, prefix: string): Row[] {
	return Object.entries(value).flatMap(([key, item]) =>
		isRecord(item) && Object.keys(item).length > 0
			? flatten(item, `${prefix}${key}.`)
			: [{ key: `${prefix}${key}`, value: item }],
	);
}

/** Config, metrics or metadata: keys and values, searchable when there are many. */
export function ValueTable({ label, values }: { label: string; values: Record<string, unknown> }): ReactNode {
	const { t, i18n } = useTranslation();
	const [search, setSearch] = useState("");
	const rows = flatten(values, "");
	const shown = rows.filter(({ key }) => key.toLowerCase().includes(search.toLowerCase()));
	if (rows.length === 0) return <p className="quiet">{t("ui.none")}</p>;
	return (
		<>
			{rows.length > 12 ? (
				<TextInput
					size="xs"
					maw={280}
					placeholder={t("ui.searchKeys")}
					aria-label={t("ui.searchKeys")}
					value={search}
					onChange={(event) => setSearch(event.currentTarget.value)}
				/>
			) : null}
			<DataTable
				label={label}
				rows={shown}
				rowKey={({ key }) => key}
				columns={[
					{ id: "key", title: t("ui.key"), cell: ({ key }) => <span className="mono">{key}</span> },
					{ id: "value", title: t("ui.value"), cell: ({ value }) => formatValue(value, i18n.language) },
				]}
			/>
		</>
	);
}
