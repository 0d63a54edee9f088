import { Button, Checkbox, Popover, Stack, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { countTypes, typeKey } from "./drawn-graph.ts";
import { FilterButton } from "./FilterButton.tsx";
import type { Neighbourhood } from "./lineage-api.ts";
import type { LineageState } from "./lineage-state.ts";
import type { ChangeState } from "./use-lineage-state.ts";

type DayProps = {
	label: string;
	value: string | undefined;
	/** Of the day, the moment that is meant. */
	time: string;
	onDay: (moment: string | undefined) => void;
};

/** The reader's own day that a moment is in. */
function dayOf(moment: string): string {
	const at = new Date(moment);
	return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => `${part}`.padStart(2, "0")).join("-");
}

function DayInput({ label, value, time, onDay }: DayProps): ReactNode {
	return (
		<TextInput
			type="date"
			size="xs"
			label={label}
			value={value === undefined ? "" : dayOf(value)}
			onChange={({ currentTarget }) => onDay(currentTarget.value === "" ? undefined : `${currentTarget.value}T${time}`)}
		/>
	);
}

type Props = { answer: Neighbourhood | undefined; state: LineageState; change: ChangeState };

/** What is left out: types, what was made before or after a day, single nodes. */
export function TypeFilter({ answer, state, change }: Props): ReactNode {
	const { t } = useTranslation();
	const types = answer ? countTypes(answer) : [];
	const toggle = (key: string, isShown: boolean) =>
		change({ without: isShown ? state.without.filter((other) => other !== key) : [...state.without, key] });
	return (
		<Popover position="bottom-start" withinPortal>
			<Popover.Target>
				<FilterButton state={state} />
			</Popover.Target>
			<Popover.Dropdown>
				<Stack gap={6} role="group" aria-label={t("graph.filter")}>
					{types.map(({ kind, type, count }) => {
						const key = typeKey(kind, type);
						const name = kind === "run" ? (type ? t("graph.runOf", { type }) : t("graph.run")) : type;
						return (
							<Checkbox
								key={key}
								size="xs"
								label={`${name} (${count})`}
								checked={!state.without.includes(key)}
								onChange={({ currentTarget }) => toggle(key, currentTarget.checked)}
							/>
						);
					})}
					<DayInput label={t("graph.from")} value={state.from} time="00:00:00" onDay={(from) => change({ from })} />
					<DayInput label={t("graph.until")} value={state.until} time="23:59:59" onDay={(until) => change({ until })} />
					{state.hidden.length > 0 ? (
						<Button size="compact-xs" variant="subtle" onClick={() => change({ hidden: [] })}>
							{t("graph.showHidden", { total: state.hidden.length })}
						</Button>
					) : null}
				</Stack>
			</Popover.Dropdown>
		</Popover>
	);
}
