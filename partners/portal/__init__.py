"""The pages for people of partner agencies: what they were sent, and their answer. Nothing else."""
