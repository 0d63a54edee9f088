import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import "./skeleton.css";

/** Stands where lines will be, so that nothing jumps when they come. */
export function LineSkeleton({ lines = 6 }: { lines?: number }): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="skeleton" role="status" aria-label={t("ui.loading")}>
			{Array.from({ length: lines }, (_, line) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: lines without content; the place is the identity
				<span key={line} style={{ width: `${88 - ((line * 17) % 40)}%` }} />
			))}
		</div>
	);
}
