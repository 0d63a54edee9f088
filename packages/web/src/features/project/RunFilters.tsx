import { Button, NativeSelect, Popover, Select, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import type { RunKeys } from "./run-columns.ts";
import {
	type Condition,
	isRunField,
	kindOf,
	needsValue,
	printConditions,
	type RunFieldName,
	readConditions,
	runFields,
	tests,
	testsFor,
} from "./run-filter.ts";

type Props = { keys: RunKeys; where: string | undefined; onWhere: (where: string | undefined) => void };

const states = ["running", "finished", "failed", "crashed", "killed", "pending", "preempted"] as const;

/** A field in words; keys of config and summary as they are. */
function useFieldTitle(): (field: string) => string {
	const { t } = useTranslation();
	const titles: Record<RunFieldName, string> = {
		display_name: t("run.name"),
		state: t("run.state"),
		tags: t("ui.tags"),
		username: t("run.user"),
		job_type: t("run.jobType"),
		group: t("run.group"),
		sweep: t("run.sweep"),
		created_at: t("ui.created"),
		duration: t("runs.durationSeconds"),
		name: t("run.id"),
	};
	return (field) => (isRunField(field) ? titles[field] : field.replace(/^summary_metrics\./, "summary."));
}

function ConditionForm({ keys, onAdd }: { keys: RunKeys; onAdd: (condition: Condition) => void }): ReactNode {
	const { t } = useTranslation();
	const titleOf = useFieldTitle();
	const [field, setField] = useState("state");
	const [chosen, setTest] = useState<string>("is");
	const [value, setValue] = useState("");
	const possible = testsFor(field);
	const test = possible.find((one) => one === chosen) ?? possible[0] ?? "is";
	const fields = [
		{ group: t("run.name"), items: Object.keys(runFields).map((id) => ({ value: id, label: titleOf(id) })) },
		{
			group: t("run.summary"),
			items: keys.summary.map((key) => ({ value: `summary_metrics.${key}`, label: key })),
		},
		{ group: t("run.config"), items: keys.config.map((key) => ({ value: `config.${key}`, label: key })) },
	];
	const kind = kindOf(field);
	const stated = value === "" && kind === "state" ? states[0] : value;
	const add = (event: FormEvent) => {
		event.preventDefault();
		if (needsValue(test) && stated.trim() === "") return;
		onAdd({ field, test, value: needsValue(test) ? stated.trim() : "" });
	};
	return (
		<form onSubmit={add}>
			<Stack gap="xs">
				<Select
					size="xs"
					label={t("runs.field")}
					data={fields.filter(({ items }) => items.length > 0)}
					value={field}
					onChange={(next) => {
						setField(next ?? "state");
						setValue("");
					}}
					searchable
					allowDeselect={false}
					limit={100}
					comboboxProps={{ withinPortal: false }}
				/>
				<NativeSelect
					size="xs"
					label={t("runs.test")}
					value={test}
					onChange={({ currentTarget }) => setTest(tests.find((one) => one === currentTarget.value) ?? "is")}
					data={possible.map((id) => ({ value: id, label: t(`runs.tests.${id}`) }))}
				/>
				{needsValue(test) && kind === "state" ? (
					<NativeSelect
						size="xs"
						label={t("ui.value")}
						value={stated}
						onChange={({ currentTarget }) => setValue(currentTarget.value)}
						data={states.map((state) => ({ value: state, label: t(`state.${state}`) }))}
					/>
				) : null}
				{needsValue(test) && kind !== "state" ? (
					<TextInput
						size="xs"
						label={t("ui.value")}
						type={kind === "time" ? "date" : kind === "number" ? "number" : "text"}
						value={value}
						onChange={({ currentTarget }) => setValue(currentTarget.value)}
					/>
				) : null}
				<Button size="xs" type="submit">
					{t("runs.addFilter")}
				</Button>
			</Stack>
		</form>
	);
}

/** The conditions that the listed runs meet, each with a × ; and one more of them. */
export function RunFilters({ keys, where, onWhere }: Props): ReactNode {
	const { t } = useTranslation();
	const titleOf = useFieldTitle();
	const [open, setOpen] = useState(false);
	const conditions = readConditions(where);
	const nameOf = ({ field, test, value }: Condition) => {
		const known = field === "state" ? states.find((state) => state === value) : undefined;
		const shown = known ? t(`state.${known}`) : value;
		return [titleOf(field), t(`runs.tests.${test}`), ...(needsValue(test) ? [shown] : [])].join(" ");
	};
	return (
		<>
			{conditions.map((condition) => {
				const name = nameOf(condition);
				return (
					<span key={name} className="filter-chip">
						{name}
						<button
							type="button"
							aria-label={t("runs.removeFilter", { name })}
							onClick={() => onWhere(printConditions(conditions.filter((other) => other !== condition)))}
						>
							×
						</button>
					</span>
				);
			})}
			<Popover opened={open} onChange={setOpen} position="bottom-start" width={280} withinPortal trapFocus>
				<Popover.Target>
					<Button variant="default" size="xs" leftSection={<Icon name="filter" />} onClick={() => setOpen(!open)}>
						{t("runs.filter")}
					</Button>
				</Popover.Target>
				<Popover.Dropdown>
					<ConditionForm
						keys={keys}
						onAdd={(condition) => {
							setOpen(false);
							onWhere(printConditions([...conditions, condition]));
						}}
					/>
				</Popover.Dropdown>
			</Popover>
		</>
	);
}
