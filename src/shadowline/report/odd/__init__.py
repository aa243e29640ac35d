"""Model and scenario described by the ODD protocol, generated from the scenario, the parameters and the mechanisms themselves."""
