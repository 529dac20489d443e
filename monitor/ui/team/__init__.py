"""The pages of the team: what only those who are signed in see."""
