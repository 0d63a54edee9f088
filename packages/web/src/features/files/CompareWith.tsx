import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { compareChoicesQuery } from "./entries.queries.ts";

type Props = {
	collection: string;
	/** The version that is open, which is not compared with itself. */
	version: string;
	compare: string | undefined;
	onCompare: (version: string | undefined) => void;
};

/** Chooses another version of the collection to compare the open one with; absent where there is none. */
export function CompareWith({ collection, version, compare, onCompare }: Props): ReactNode {
	const { t } = useTranslation();
	const { data = [] } = useQuery(compareChoicesQuery(collection));
	const others = data.filter(({ name }) => name !== version);
	if (others.length === 0 && compare === undefined) return null;
	const known = others.some(({ name }) => name === compare);
	return (
		<NativeSelect
			size="xs"
			aria-label={t("files.compareWith")}
			value={compare ?? ""}
			onChange={({ currentTarget }) => onCompare(currentTarget.value || undefined)}
			data={[
				{ value: "", label: t(compare === undefined ? "files.compareWith" : "files.compareNone") },
				...(compare === undefined || known ? [] : [{ value: compare, label: compare }]),
				...others.map(({ name, aliases }) => ({ value: name, label: [name, ...aliases].join(" · ") })),
			]}
		/>
	);
}
