import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatInstant, formatRelative } from "./format.ts";

/** An instant: how long ago, the exact time on hover; `full` shows both. */
export function TimeText({ at, full }: { at: string | null | undefined; full?: boolean }): ReactNode {
	const { i18n } = useTranslation();
	if (!at) return <span className="quiet">–</span>;
	const exact = formatInstant(at, i18n.language);
	const relative = formatRelative(at, Date.now(), i18n.language);
	return (
		<time dateTime={at} title={exact}>
			{full ? exact : relative}
			{full ? <span className="quiet"> · {relative}</span> : null}
		</time>
	);
}
