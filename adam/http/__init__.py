"""What both faces need of Flask: guards, work, statuses, bodies, paging, languages, headers."""
