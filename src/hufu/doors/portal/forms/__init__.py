"""The shapes of what the portal asks for."""
