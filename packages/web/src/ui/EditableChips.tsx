import { Autocomplete, VisuallyHidden } from "@mantine/core";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import "./chips.css";
import "./editable-chips.css";
import { Icon } from "./Icon.tsx";

export type EditableChip = {
	text: string;
	/** Why nobody but some may change it: shown with a lock. */
	locked?: string | undefined;
	/** Whether the reader may take it away. */
	removable?: boolean;
};

type Props = {
	chips: readonly EditableChip[];
	kind?: "alias";
	/** Absent: the reader may not add any. */
	onAdd?: ((text: string) => void) | undefined;
	onRemove?: ((text: string) => void) | undefined;
	addLabel: string;
	removeLabel: (text: string) => string;
	/** What could be added; those that are locked cannot. */
	suggestions?: readonly EditableChip[] | undefined;
	/** Told what is being typed, to say something of it. */
	hint?: ((text: string) => ReactNode) | undefined;
	/** When the field is opened. */
	onOpen?: () => void;
};

function Chip({ chip, kind, onRemove, removeLabel }: { chip: EditableChip } & Omit<Props, "chips" | "addLabel">) {
	const { text, locked, removable = true } = chip;
	return (
		<span className={["chip", locked ? "protected" : kind, "editable"].filter(Boolean).join(" ")} title={locked}>
			{locked ? <Icon name="lock" size={12} /> : null}
			{text}
			{locked ? <VisuallyHidden> ({locked})</VisuallyHidden> : null}
			{onRemove && removable ? (
				<button type="button" aria-label={removeLabel(text)} title={removeLabel(text)} onClick={() => onRemove(text)}>
					<Icon name="close" size={12} />
				</button>
			) : null}
		</span>
	);
}

type FieldProps = Pick<Props, "suggestions" | "hint" | "addLabel"> & {
	onAdd: (text: string) => void;
	onClose: () => void;
};

function ChipField({ suggestions = [], hint, addLabel, onAdd, onClose }: FieldProps): ReactNode {
	const [text, setText] = useState("");
	const add = (value: string) => {
		const wanted = value.trim();
		onClose();
		if (wanted !== "") onAdd(wanted);
	};
	const submit = (event: FormEvent) => {
		event.preventDefault();
		add(text);
	};
	const locked = new Map(suggestions.map((each) => [each.text, each.locked]));
	return (
		<form className="chip-field" onSubmit={submit}>
			<Autocomplete
				size="xs"
				w={190}
				autoFocus
				aria-label={addLabel}
				placeholder={addLabel}
				value={text}
				onChange={setText}
				onOptionSubmit={add}
				onBlur={onClose}
				onKeyDown={({ key }) => key === "Escape" && onClose()}
				data={suggestions.map(({ text: value, locked: why }) => ({ value, label: value, disabled: why !== undefined }))}
				renderOption={({ option }) => (
					<span className="chip-option" title={locked.get(option.value)}>
						{locked.get(option.value) ? <Icon name="lock" size={12} /> : null}
						{option.value}
					</span>
				)}
				maxDropdownHeight={220}
				description={hint?.(text.trim())}
				inputWrapperOrder={["label", "input", "description", "error"]}
			/>
		</form>
	);
}

/** Aliases or tags that are changed where they stand: × takes one away, + opens a field for another. */
export function EditableChips(props: Props): ReactNode {
	const { chips, onAdd, addLabel, suggestions, hint, onOpen } = props;
	const [open, setOpen] = useState(false);
	const button = useRef<HTMLButtonElement>(null);
	const close = () => {
		setOpen(false);
		// The button is there again after the next drawing.
		requestAnimationFrame(() => document.activeElement === document.body && button.current?.focus());
	};
	return (
		<span className="chips">
			{chips.map((chip) => (
				<Chip key={chip.text} {...props} chip={chip} />
			))}
			{chips.length === 0 && !onAdd ? <span className="quiet">–</span> : null}
			{onAdd && open ? <ChipField {...{ addLabel, hint, onAdd, suggestions }} onClose={close} /> : null}
			{onAdd && !open ? (
				<button
					ref={button}
					type="button"
					className="chip-add"
					onClick={() => {
						onOpen?.();
						setOpen(true);
					}}
				>
					<Icon name="plus" size={12} />
					{addLabel}
				</button>
			) : null}
		</span>
	);
}
