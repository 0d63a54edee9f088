/** Fields of clients' documents to which there is one answer here, whatever is stored. Each is true, not a promise. */
export const constantAnswers: Readonly<Record<string, unknown>> = {
	"Organization.featureFlags": [],
	"Organization.advancedRegistryFeatures": { advancedSearch: false },
	// No entity has limits. wire: in the answer to createTeam, which must not fail after the team is made.
	"Entity.limits": null,
	"Project.repo": null,
	"Project.dockerImage": null,
	// No agent can register: createAgent is refused.
	"Sweep.agent": null,
	"Sweep.agents": { edges: [] },
	"Sweep.controllerRunName": null,
	"Sweep.earlyStopJobRunning": false,
};
