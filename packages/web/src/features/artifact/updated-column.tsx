import type { TFunction } from "i18next";
import type { Column } from "../../ui/DataTable.tsx";
import { TimeText } from "../../ui/TimeText.tsx";

/** When a collection was last changed, in every table of collections. */
export function updatedColumn(t: TFunction): Column<{ updatedAt: string | null; createdAt: string }> {
	return {
		id: "updated",
		title: t("ui.updated"),
		kind: "tight",
		order: "updated_at",
		cell: ({ updatedAt, createdAt }) => <TimeText at={updatedAt ?? createdAt} />,
	};
}
