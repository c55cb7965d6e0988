"""Where the pages of this face are."""
