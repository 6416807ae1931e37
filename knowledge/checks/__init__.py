"""What can be wrong with a knowledge base that could be read: one small function a fault."""
