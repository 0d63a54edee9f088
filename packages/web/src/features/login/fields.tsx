import { PasswordInput, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type FieldProps = {
	value: string;
	onChange: (value: string) => void;
	/** What the server says of it. */
	fault?: string | undefined;
	/** For whom an account is made: the browser offers a new password, and the form says the rules. */
	isNew?: boolean;
};

function alerting(fault: string | undefined): ReactNode {
	return fault === undefined ? undefined : <span role="alert">{fault}</span>;
}

export function UsernameField({ value, onChange, fault, isNew = false }: FieldProps): ReactNode {
	const { t } = useTranslation();
	return (
		<TextInput
			label={t("login.username")}
			{...(isNew ? { description: t("invitation.usernameRule"), maxLength: 64 } : {})}
			name="username"
			autoComplete="username"
			autoCapitalize="none"
			spellCheck={false}
			autoFocus
			required
			withAsterisk={false}
			value={value}
			error={alerting(fault)}
			onChange={({ currentTarget }) => onChange(currentTarget.value)}
		/>
	);
}

export function PasswordField({ value, onChange, fault, isNew = false }: FieldProps): ReactNode {
	const { t } = useTranslation();
	return (
		<PasswordInput
			label={t("login.password")}
			{...(isNew ? { description: t("invitation.passwordRule"), minLength: 8 } : {})}
			name="password"
			autoComplete={isNew ? "new-password" : "current-password"}
			required
			withAsterisk={false}
			value={value}
			error={alerting(fault)}
			onChange={({ currentTarget }) => onChange(currentTarget.value)}
		/>
	);
}
