import { type ReactNode, type RefObject, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import type { TimeBands } from "./time-bands.ts";

type Props = { bands: TimeBands; row: RefObject<HTMLDivElement | null>; onShown: () => void };

/** When each column of time begins, above it; drawing puts them where the columns are seen. */
export function TimeColumns({ bands, row, onShown }: Props): ReactNode {
	const { i18n } = useTranslation();
	useLayoutEffect(onShown, [onShown]);
	const format = new Intl.DateTimeFormat(i18n.language, bands.format);
	return (
		<div className="lineage-columns" ref={row}>
			{bands.starts.map((start) => (
				<time key={start} dateTime={new Date(start).toISOString()}>
					{format.format(start)}
				</time>
			))}
		</div>
	);
}
