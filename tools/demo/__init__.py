"""The demo a person looks at: its database, its server, its logins."""
