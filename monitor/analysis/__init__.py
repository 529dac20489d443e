"""What published methods of statistics make of a pact. numpy alone: no page, no database."""
