const words = {
	PRIVATE: { name: "access.private", meaning: "access.privateMeaning", ofPerson: "access.privateMeaningOfPerson" },
	USER_READ: { name: "access.public", meaning: "access.publicMeaning", ofPerson: "access.publicMeaning" },
	USER_WRITE: { name: "access.open", meaning: "access.openMeaning", ofPerson: "access.openMeaning" },
	RESTRICTED: { name: "access.restricted", meaning: "access.restrictedMeaning", ofPerson: "access.restrictedMeaning" },
} as const;

export type Access = keyof typeof words;

// The keys are those of the table: TypeScript widens them to text.
export const accesses = Object.keys(words) as readonly Access[];

type Words = (typeof words)[Access];

export function isAccess(text: string | null): text is Access {
	return text !== null && Object.hasOwn(words, text);
}

/** Which texts say what an access is called and what it means; a person's own project has other words than a team's. */
export function accessWords(
	access: string | null,
	isTeam: boolean,
): { name: Words["name"]; meaning: Words["meaning"] | Words["ofPerson"] } | undefined {
	if (!isAccess(access)) return undefined;
	const { name, meaning, ofPerson } = words[access];
	return { name, meaning: isTeam ? meaning : ofPerson };
}
