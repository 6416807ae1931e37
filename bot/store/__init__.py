"""What outlives the process: updates until they are answered, and the little that people chose to leave."""
