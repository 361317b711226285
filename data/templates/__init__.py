"""What a plan can begin from: templates of the workplace and one's own, and plans of others."""
