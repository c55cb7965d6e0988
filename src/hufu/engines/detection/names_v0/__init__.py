"""The first matcher: normalised equality and containment by word."""
