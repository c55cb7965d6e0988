"""What a stranger can check without trusting the operator."""
