"""The whole job line by line: Today, plan, roles, people, needs and the talk, in one run."""
