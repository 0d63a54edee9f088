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
	/** The field stays for the next one, and takes what was typed when it is left. */
	many?: boolean | undefined;
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

type FieldProps = Pick<Props, "suggestions" | "hint" | "addLabel" | "many"> & {
	onAdd: (text: string) => void;
	onClose: () => void;
	/** The focus went elsewhere by itself. */
	onLeave: () => void;
};

/** Without the field, what stands below may move up: not from under the press that took the focus away. */
const pressMs = 200;

function ChipField({ suggestions = [], hint, addLabel, many = false, onAdd, onClose, onLeave }: FieldProps): ReactNode {
	const [text, setText] = useState("");
	const add = (value: string) => {
		const wanted = value.trim();
		setText("");
		if (!many) onClose();
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
				maxLength={128}
				onBlur={() => {
					if (many) add(text);
					setTimeout(onLeave, pressMs);
				}}
				onKeyDown={({ key }) => key === "Escape" && onClose()}
				data={suggestions.map(({ text: value, locked: why }) => ({ value, label: value, disabled: why !== undefined }))}
				renderOption={({ option }) => (
					<span className="chip-option" title={locked.get(option.value)}>
						{locked.get(option.value) ? <Icon name="lock" size={12} /> : null}
						{option.value}
					</span>
				)}
				maxDropdownHeight={220}
				// What is said of the text stands below it, where the list would cover it.
				comboboxProps={{ position: hint ? "top-start" : "bottom-start" }}
				description={hint?.(text.trim())}
				inputWrapperOrder={["label", "input", "description", "error"]}
			/>
		</form>
	);
}

/** Aliases or tags that are changed where they stand: × takes one away, + opens a field for another. */
export function EditableChips(props: Props): ReactNode {
	const { chips, onAdd, onRemove, addLabel, suggestions, hint, many, onOpen } = props;
	const [open, setOpen] = useState(false);
	const button = useRef<HTMLButtonElement>(null);
	const close = () => {
		setOpen(false);
		// The button is there again after the next drawing.
		requestAnimationFrame(() => document.activeElement === document.body && button.current?.focus());
	};
	const remove = (text: string) => {
		onRemove?.(text);
		// The × goes with its chip: whoever pressed it stays among the others.
		button.current?.focus();
	};
	return (
		<span className="chips">
			{chips.map((chip) => (
				<Chip key={chip.text} {...props} onRemove={onRemove && remove} chip={chip} />
			))}
			{chips.length === 0 && !onAdd ? <span className="quiet">–</span> : null}
			{onAdd && open ? (
				<ChipField {...{ addLabel, hint, many, onAdd, suggestions }} onClose={close} onLeave={() => setOpen(false)} />
			) : null}
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
