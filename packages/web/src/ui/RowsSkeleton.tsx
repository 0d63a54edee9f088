import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** Stands where a table will be, as high as its first rows. */
export function RowsSkeleton({ rows = 6 }: { rows?: number }): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="table-box" role="status" aria-label={t("ui.loading")}>
			{Array.from({ length: rows }, (_, row) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: all alike, and never moved
				<div key={row} style={{ padding: "10px 12px" }}>
					<Skeleton height={13} width={`${72 - ((row * 17) % 40)}%`} />
				</div>
			))}
		</div>
	);
}
