import type { Virtualizer } from "@tanstack/react-virtual";
import type { ReactNode } from "react";
import { LogText } from "./LogText.tsx";
import type { LogLine } from "./use-log.ts";

type Props = {
	lines: LogLine[];
	virtualizer: Virtualizer<HTMLElement, Element>;
	/** What is looked for. */
	marked: string;
	/** The line that is looked at, by its place. */
	current: number | undefined;
	wrapped: boolean;
};

/** The lines of a log that can be seen. */
export function LogLines({ lines, virtualizer, marked, current, wrapped }: Props): ReactNode {
	return (
		<div className="log-lines" style={{ height: virtualizer.getTotalSize() }}>
			{virtualizer.getVirtualItems().map(({ index, key, start }) => {
				const line = lines[index];
				if (line === undefined) return null;
				return (
					<div
						key={key}
						ref={virtualizer.measureElement}
						data-index={index}
						className={wrapped ? "log-line wrapped" : "log-line"}
						data-level={line.level ?? undefined}
						data-current={current === index ? "" : undefined}
						style={{ transform: `translateY(${start}px)` }}
						title={line.timestamp ?? undefined}
					>
						<span className="log-number" aria-hidden="true">
							{line.number + 1}
						</span>
						<LogText line={line.line} marked={marked} />
					</div>
				);
			})}
		</div>
	);
}
