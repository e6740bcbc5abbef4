"""What trabecula says, as text for a terminal and as Markdown; one module a report, none prints."""
