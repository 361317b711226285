"""`mentor doctor --canary`: private words on a throw-away copy, looked for wherever others look."""
