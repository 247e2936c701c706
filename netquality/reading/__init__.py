"""From files to plain tables: containers, CSV text, and what each LinkedIn file says."""
